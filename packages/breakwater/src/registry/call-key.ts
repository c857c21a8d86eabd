import { type KeyedCall, keyedCallOf } from '../pipeline/keyed-call.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'

const longestKey = 1_024

/**
 * The key that a call belongs to. May throw what the user's function throws.
 *
 * @throws {RangeError | TypeError} when it is no key
 */
export function keyOfRun(run: RunHandle, keyOf: ((call: KeyedCall) => string) | undefined): string {
  return checkKey(keyOf === undefined ? (run.call.options?.key ?? '') : keyOf(keyedCallOf(run)))
}

/**
 * Passes a key on that can be kept.
 *
 * @throws {RangeError | TypeError} when it cannot
 */
export function checkKey(key: unknown): string {
  if (typeof key !== 'string') {
    throw new TypeError(`Cannot run a call as its key must be a string: current value is a ${typeof key}`)
  }
  if (key.length <= longestKey) return key
  throw new RangeError(
    `Cannot run a call as its key must have at most ${longestKey} characters: it has ${key.length}`,
  )
}
