import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level } from '../pipeline/level.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { Admission } from './admission.ts'
import type { CircuitEvent, CircuitNews } from './circuit-breaker-events.ts'
import { type CircuitBreakerOptions, circuitBreakerDefaults } from './circuit-breaker-options.ts'
import { breakerTerms } from './circuit-breaker-terms.ts'
import type { CircuitBreaker, CircuitPermit } from './circuit-breaker-api.ts'
import { permitOf } from './circuit-permit.ts'
import { ControlledMachine } from './controlled-machine.ts'

/** The breaker behind `circuitBreaker`. */
export class StateMachineBreaker extends ControlledMachine implements CircuitBreaker {
  #events: Emitter<CircuitEvent> | undefined = undefined
  /** Its pipeline for calls outside of any, held as long as such calls keep coming. */
  #alone: WeakRef<Pipeline> | undefined = undefined

  constructor(options: CircuitBreakerOptions) {
    super(options.name ?? circuitBreakerDefaults.name, breakerTerms(options))
    if (options.restore !== undefined) this.restore(options.restore)
    if (options.onEvent !== undefined) this.on(options.onEvent)
  }

  get kind(): 'circuit-breaker' {
    return 'circuit-breaker'
  }

  on(listener: (event: CircuitEvent) => void): () => void {
    this.#events ??= new Emitter<CircuitEvent>()
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    return this.#pipeline().run(work, options)
  }

  tryAcquire(): CircuitPermit | undefined {
    return permitOf(this)
  }

  stats(): PolicyStats {
    const { admitted, rejected, succeeded, failed, opened, admittedShare } = this
    const ramp = admittedShare > 0 && admittedShare < 1 ? { admittedShare } : {}
    return {
      counters: { admitted, rejected, succeeded, failed, opened },
      gauges: ramp,
      breaker: this.facts(),
    }
  }

  compile(): Level {
    return gate({
      enter: (run, index) => this.enter(run.permits, index),
      exit: (run, index) => this.exit(run.permits[index] as Admission, run.kind, run.payload),
    })
  }

  protected get policy(): string {
    return this.name
  }

  protected emit(news: CircuitNews): void {
    this.#events?.emit({ ...news, policy: this.name })
  }

  protected changed(): void {
    // Nobody keeps lists of breakers that stand alone.
  }

  #pipeline(): Pipeline {
    const known = this.#alone?.deref()
    if (known !== undefined) return known
    const made = pipeline({ operation: this.name, policies: [this] })
    this.#alone = new WeakRef(made)
    return made
  }
}
