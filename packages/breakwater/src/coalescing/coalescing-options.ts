import { aFunction, anything, integer } from '../config/option-rules.ts'
import { checkOptions } from '../config/option-table.ts'
import type { KeyedCall } from '../pipeline/keyed-call.ts'

/** Options of {@link coalescing}. */
export interface CoalescingOptions {
  /**
   * Which calls are the same; undefined for a call that is like no other. Two operations never share.
   * @default the `key` of the call, so that calls without one are not shared
   */
  readonly keyOf?: (call: KeyedCall) => string | undefined
  /** How many different keys may be under way; calls of further keys run by themselves. Integer ≥ 1. @default 10_000 */
  readonly maxKeys?: number
  /** Names the policy in events and on the page. @default 'coalescing' */
  readonly name?: string
}

/** The options with all fields filled in. */
export type ResolvedCoalescingOptions = Readonly<Required<CoalescingOptions>>

/** Validates the options once, at construction. */
export function resolveCoalescingOptions(options: CoalescingOptions): ResolvedCoalescingOptions {
  checkOptions('coalescing', options, { keyOf: aFunction, maxKeys: integer(1), name: anything })
  const { keyOf = ({ key }) => key, maxKeys = 10_000, name = 'coalescing' } = options
  return Object.freeze({ keyOf, maxKeys, name })
}
