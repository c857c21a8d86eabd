import type { CircuitRejection } from './circuit-breaker-errors.ts'

/** Calls are refused until `retryAt`; all by one and the same rejection. */
export interface OpenState {
  readonly kind: 'open'
  readonly since: number
  readonly retryAt: number
  readonly reason: string
  readonly rejection: CircuitRejection
}
