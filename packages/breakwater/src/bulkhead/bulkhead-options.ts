import {
  checkFunction,
  checkNames,
  checkNumbers,
  type NumberRule,
  withoutUndefined,
} from '../config/check-option.ts'
import type { BulkheadEvent } from './bulkhead-events.ts'

/** Options of {@link bulkhead}. */
export interface BulkheadOptions {
  /** How many calls may run at once; integer ≥ 1. @default 10 */
  readonly limit?: number
  /** How many more may wait, in order of arrival; integer ≥ 0, 0 refuses at once. @default 0 */
  readonly queue?: number
  /** Names the bulkhead in events and on the page. @default 'bulkhead' */
  readonly name?: string
  /** Told of each {@link BulkheadEvent}. */
  readonly onEvent?: (event: BulkheadEvent) => void
}

/** The options with all fields filled in. */
export type ResolvedBulkheadOptions = Readonly<Required<Omit<BulkheadOptions, 'onEvent'>>>

/** The defaults of {@link BulkheadOptions}. */
export const bulkheadDefaults: ResolvedBulkheadOptions = Object.freeze({
  limit: 10,
  queue: 0,
  name: 'bulkhead',
})

/** The rule for a limit, also when it is changed at run time. */
export const limitRule: NumberRule = Object.freeze({ min: 1, max: 1_000_000, isInteger: true })

/** Validates the options once, at construction. */
export function resolveBulkheadOptions(options: BulkheadOptions): ResolvedBulkheadOptions {
  checkNames('bulkhead', options, ['limit', 'queue', 'name', 'onEvent'])
  checkNumbers('bulkhead', options, { limit: limitRule, queue: { min: 0, max: 1_000_000, isInteger: true } })
  checkFunction('bulkhead', 'onEvent', options.onEvent)
  const { limit, queue, name } = { ...bulkheadDefaults, ...withoutUndefined(options) }
  return Object.freeze({ limit, queue, name })
}
