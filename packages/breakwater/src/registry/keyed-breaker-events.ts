import type { BreakerState } from '../protocol/policy-facts.ts'

/** What a keyed breaker reports of its keys, apart from what their circuits do. */
export type CircuitKeyEvent = CircuitKeyEvicted | CircuitKeysExhausted

/** A key that was not simply closed was not used for long, and is forgotten: its next call finds a closed circuit. */
export interface CircuitKeyEvicted {
  readonly type: 'CircuitKeyEvicted'
  readonly policy: string
  readonly key: string
  readonly state: BreakerState
  readonly idleMs: number
}

/** There is no room for another key, as all there are are in trouble. Said once, until there is room again. */
export interface CircuitKeysExhausted {
  readonly type: 'CircuitKeysExhausted'
  readonly policy: string
  readonly maxKeys: number
}
