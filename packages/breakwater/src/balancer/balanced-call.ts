import { isResilienceError } from '../faults/is-resilience-error.ts'
import { cancelled, failed, type OutcomeKind, succeeded } from '../pipeline/outcome.ts'
import type { EndpointPermit } from './balancer-api.ts'
import type { Endpoint } from './endpoint.ts'
import type { EndpointState } from './endpoint-state.ts'

/**
 * How a call speaks of its endpoint. `timeout` is bad and says that the answer would have taken longer still, `late` says
 * only the latter.
 */
export type Judgement = 'good' | 'bad' | 'timeout' | 'late' | 'none'

/** Takes what calls tell. */
export interface CallLedger<E extends Endpoint> {
  readonly isFailure: (error: unknown) => boolean
  judged(call: BalancedCall<E>, judgement: Judgement): void
  released(call: BalancedCall<E>): void
}

/**
 * One call on one endpoint. It is judged once, when its outcome is decided, and released once, when the work itself is over:
 * work that ignores its timeout still loads the endpoint.
 */
export class BalancedCall<E extends Endpoint> implements EndpointPermit<E> {
  readonly endpoint: E
  readonly state: EndpointState<E>
  readonly generation: number
  readonly startedAt: number
  readonly #ledger: CallLedger<E>
  #isJudged = false
  #isReleased = false

  constructor(ledger: CallLedger<E>, state: EndpointState<E>, now: number) {
    this.endpoint = state.endpoint
    this.state = state
    this.generation = state.generation
    this.startedAt = now
    this.#ledger = ledger
  }

  /** The outcome is decided; the work may go on. */
  decide(kind: OutcomeKind, payload: unknown): void {
    if (kind === succeeded) this.#judge('good')
    else if (kind === failed) this.#judge(this.#judgementOf(payload))
    else this.#judge(kind === cancelled ? 'late' : 'none')
  }

  succeed(): void {
    this.#judge('good')
    this.#release()
  }

  fail(error: unknown): void {
    if (!this.#isJudged) this.#judge(this.#judgementOf(error))
    this.#release()
  }

  ignore(): void {
    this.#judge('none')
    this.#release()
  }

  /** The call was given up on while its work goes on: by a timeout, which counts, by its caller or a hedge that won. */
  cut(reason: unknown): void {
    const judgement = this.#judgementOf(reason)
    this.#judge(judgement === 'timeout' ? judgement : 'late')
  }

  #judge(judgement: Judgement): void {
    if (this.#isJudged) return
    this.#isJudged = true
    this.#ledger.judged(this, judgement)
  }

  #release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    this.#ledger.released(this)
  }

  #judgementOf(error: unknown): Judgement {
    if (!this.#speaksAgainst(error)) return 'none'
    return isResilienceError(error) && error.code === 'TIMEOUT' ? 'timeout' : 'bad'
  }

  /** A rule of the user's that throws must not change the call: the error counts then. */
  #speaksAgainst(error: unknown): boolean {
    try {
      return this.#ledger.isFailure(error)
    } catch {
      return true
    }
  }
}
