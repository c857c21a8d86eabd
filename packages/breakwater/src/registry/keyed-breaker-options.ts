import type { CircuitBreakerOptions } from '../circuit-breaker/circuit-breaker-options.ts'
import type { KeyedCall } from '../pipeline/keyed-call.ts'
import { aFunction, atLeast, integer, oneOf, type OptionRule } from '../config/option-rules.ts'
import { checkOptions } from '../config/option-table.ts'
import type { CircuitKeyEvent } from './keyed-breaker-events.ts'
import type { KeyedBreakerSnapshot } from './keyed-breaker-snapshot.ts'

/** Options of one key that may differ from those of the others. */
export type KeyOptions = Omit<
  CircuitBreakerOptions,
  'name' | 'restore' | 'onEvent' | 'healthProbe' | 'clock' | 'random'
>

/** Options of {@link keyedCircuitBreaker}: those of a breaker, for each key, and these. */
export interface KeyedCircuitBreakerOptions extends Omit<CircuitBreakerOptions, 'restore' | 'healthProbe'> {
  /** Which key a call belongs to, when that is not its `RunOptions.key`. At most 1,024 characters. */
  readonly keyOf?: (call: KeyedCall) => string
  /** How many keys are kept; integer, 1 to 10 million. The closed one used least recently makes room. @default 100_000 */
  readonly maxKeys?: number
  /** A key that is not used for so long is forgotten, milliseconds, 1 s to 1 day. @default 600_000 */
  readonly idleMs?: number
  /**
   * What becomes of a call with a new key when all keys there are are in trouble: refused, or under one breaker that all such
   * keys share. Both are counted. @default 'overflow-key'
   */
  readonly onFull?: 'reject' | 'overflow-key'
  /** Asked once for each new key what is different for it; undefined for nothing. */
  readonly optionsOf?: (key: string) => KeyOptions | undefined
  /** Goes on where the keys that were in trouble were, as `snapshot()` says. */
  readonly restore?: KeyedBreakerSnapshot
  /** Told of each {@link CircuitKeyEvent}. */
  readonly onKeyEvent?: (event: CircuitKeyEvent) => void
}

/** The defaults of {@link KeyedCircuitBreakerOptions}, apart from those of a breaker. */
export const keyedCircuitBreakerDefaults: Readonly<
  Required<Pick<KeyedCircuitBreakerOptions, 'maxKeys' | 'idleMs' | 'onFull'>>
> = /* @__PURE__ */ Object.freeze({ maxKeys: 100_000, idleMs: 600_000, onFull: 'overflow-key' })

/** The options taken apart: what the registry needs, and what each breaker is made with. */
export interface KeyedBreakerSettings {
  readonly maxKeys: number
  readonly idleMs: number
  readonly onFull: 'reject' | 'overflow-key'
  readonly keyOf: KeyedCircuitBreakerOptions['keyOf']
  readonly optionsOf: (key: string) => KeyOptions | undefined
  readonly breaker: CircuitBreakerOptions
}

const what = 'keyed circuit breaker'
const table: Readonly<
  Record<'maxKeys' | 'idleMs' | 'onFull' | 'keyOf' | 'optionsOf' | 'onEvent' | 'onKeyEvent', OptionRule>
> = {
  maxKeys: integer(1, 10_000_000),
  idleMs: atLeast(1_000, 86_400_000),
  onFull: oneOf('reject', 'overflow-key'),
  keyOf: aFunction,
  optionsOf: aFunction,
  onEvent: aFunction,
  onKeyEvent: aFunction,
}

/** Checks what is about keys, and leaves the rest to the breakers. */
export function resolveKeyedBreakerOptions(options: KeyedCircuitBreakerOptions): KeyedBreakerSettings {
  const { maxKeys, idleMs, onFull, keyOf, optionsOf, onEvent, onKeyEvent, ...own } = options
  checkOptions(what, { maxKeys, idleMs, onFull, keyOf, optionsOf, onEvent, onKeyEvent }, table)
  const { restore: _restore, ...breaker } = own
  const defaults = keyedCircuitBreakerDefaults
  return Object.freeze({
    maxKeys: maxKeys ?? defaults.maxKeys,
    idleMs: idleMs ?? defaults.idleMs,
    onFull: onFull ?? defaults.onFull,
    keyOf,
    optionsOf: optionsOf ?? (() => undefined),
    breaker: Object.freeze({ ...breaker }),
  })
}
