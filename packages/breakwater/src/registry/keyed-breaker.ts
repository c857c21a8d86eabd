import type { Admission } from '../circuit-breaker/admission.ts'
import type { CircuitControls } from '../circuit-breaker/circuit-breaker-api.ts'
import type { CircuitNews } from '../circuit-breaker/circuit-breaker-events.ts'
import type { BreakerTerms } from '../circuit-breaker/circuit-breaker-terms.ts'
import { ControlledMachine } from '../circuit-breaker/controlled-machine.ts'
import type { OutcomeWeight } from '../circuit-breaker/outcome-weight.ts'
import type { OutcomeKind } from '../pipeline/outcome.ts'
import type { Registered } from './key-registry.ts'

/** Who keeps the breakers of the keys. */
export interface BreakerKeeper {
  readonly name: string
  /** A key's circuit has something to say. */
  note(breaker: KeyedBreaker, news: CircuitNews): void
  /** A key's circuit came into trouble, or out of it. */
  turned(breaker: KeyedBreaker): void
  /** A call of a key has ended. */
  tally(weight: OutcomeWeight | undefined): void
}

/** The breaker of one key: a state machine and its place in the registry, and nothing else of its own. */
export class KeyedBreaker extends ControlledMachine implements Registered<KeyedBreaker>, CircuitControls {
  usedAt = 0
  isPinned = false
  older: KeyedBreaker | undefined = undefined
  newer: KeyedBreaker | undefined = undefined
  readonly #keeper: BreakerKeeper

  constructor(key: string, terms: BreakerTerms, keeper: BreakerKeeper) {
    super(key, terms)
    this.#keeper = keeper
  }

  /** Goes on where a snapshot was taken. */
  resume(snapshot: unknown): void {
    this.restore(snapshot)
  }

  override exit(
    admission: Admission,
    kind: OutcomeKind | undefined,
    payload: unknown,
  ): OutcomeWeight | undefined {
    const weight = super.exit(admission, kind, payload)
    this.#keeper.tally(weight)
    return weight
  }

  override record(kind: OutcomeKind, payload: unknown, durationMs: number): OutcomeWeight | undefined {
    const weight = super.record(kind, payload, durationMs)
    this.#keeper.tally(weight)
    return weight
  }

  protected get policy(): string {
    return this.#keeper.name
  }

  protected emit(news: CircuitNews): void {
    this.#keeper.note(this, news)
  }

  protected changed(): void {
    this.#keeper.turned(this)
  }
}
