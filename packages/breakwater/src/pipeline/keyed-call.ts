import type { Criticality } from './call-context.ts'
import type { RunHandle } from './run-handle.ts'

/** What `keyOf` and other functions are told that sort calls: whose it is, and what about. */
export interface KeyedCall {
  readonly operation: string
  /** The arguments of a wrapped function, or what the caller passed as `args`. */
  readonly args: readonly unknown[]
  /** The key that came with the call. */
  readonly key: string | undefined
  readonly criticality: Criticality
}

const noArgs: readonly unknown[] = /* @__PURE__ */ Object.freeze([])

/** A call, as the functions are told. */
export function keyedCallOf({ operation, call: { options } }: RunHandle): KeyedCall {
  const { args = noArgs, key, criticality = 'normal' } = options ?? {}
  return { operation, args, key, criticality }
}

/**
 * The key of a call: what `keyOf` says, or what came with it. May throw what `keyOf` throws.
 *
 * @throws {TypeError} when it is no text: as one, every object would be the same
 */
export function keyOfCall(
  run: RunHandle,
  keyOf: ((call: KeyedCall) => string | undefined) | undefined,
): string | undefined {
  const key: unknown = keyOf === undefined ? run.call.options?.key : keyOf(keyedCallOf(run))
  if (key === undefined || typeof key === 'string') return key
  throw new TypeError(`Cannot run a call as its key must be a string: current value is a ${typeof key}`)
}
