import type { OrderRule } from './order-rule.ts'
import { orderRules } from './order-rules.ts'
import type { Policy } from './policy.ts'

/** Something about a pipeline's order that is seldom meant. */
export interface OrderWarning {
  /** Stable, for switching one off: `fallback-inside-retry`. */
  readonly rule: string
  /** Where, as indexes into `policies`. */
  readonly positions: readonly number[]
  /** What happens, and what to do instead. */
  readonly message: string
}

/** Options of {@link reviewOrder}. */
export interface ReviewOptions {
  /** Rules that are not to be applied, by their names. @default none */
  readonly ignore?: readonly string[]
}

/**
 * Looks at the order of a pipeline's policies for what is known to go wrong. An empty list means that nothing was found.
 *
 * @param policies outermost first, as a pipeline has them
 * @example
 * const warnings = reviewOrder([retry(), fallback(() => 0)])
 * // [{ rule: 'fallback-inside-retry', positions: [1, 0], message: '…' }, …]
 */
export function reviewOrder(
  policies: readonly Policy<unknown>[],
  options: ReviewOptions = {},
): readonly OrderWarning[] {
  const { ignore = [] } = options
  return orderRules.filter(({ name }) => !ignore.includes(name)).flatMap((rule) => apply(rule, policies))
}

function apply(rule: OrderRule, policies: readonly Policy<unknown>[]): OrderWarning[] {
  const positions = rule.find(policies)
  return positions === undefined ? [] : [{ rule: rule.name, positions, message: rule.message }]
}
