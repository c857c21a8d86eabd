import { getEventListeners } from 'node:events'
import type { Bulkhead } from '../../src/bulkhead/bulkhead-api.ts'
import type { CircuitBreaker } from '../../src/circuit-breaker/circuit-breaker-api.ts'
import { isResilienceError } from '../../src/faults/resilience-error.ts'
import type { CallContext, RunOptions } from '../../src/pipeline/call-context.ts'
import type { Outcome } from '../../src/pipeline/outcome.ts'
import { pipeline, type Pipeline } from '../../src/pipeline/pipeline.ts'
import type { Policy } from '../../src/pipeline/policy.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { policyOf } from './layers.ts'
import type { LevelProbe } from './level-probe.ts'
import type { CallPlan, Scenario, WorkPlan } from './scenario.ts'

/** One call on its way. */
interface Trial {
  readonly id: number
  readonly plan: CallPlan
  readonly controller: AbortController
  readonly reason: Error
  /** The values and errors that only this call may end with. */
  readonly own: Set<unknown>
  starts: number
  ends: number
}

const mostCalls = 120

/** Plays a scenario on a fake clock and writes down whatever the engine does that it must not. */
export class World {
  readonly clock: FakeClock = new FakeClock()
  readonly complaints: string[] = []
  readonly #trials: Trial[] = []
  readonly #scenario: Scenario
  readonly #pipeline: Pipeline<unknown>
  readonly #policies: readonly Policy<unknown>[]
  readonly #seen = new Set<unknown>()
  readonly #observed = { started: 0, ended: 0, attempts: 0 }
  #meddlings = 0
  #running = 0
  #worksStarted = 0

  private constructor(scenario: Scenario) {
    this.#scenario = scenario
    this.#policies = scenario.layers.map((layer) => policyOf(layer, this))
    this.#pipeline = pipeline({
      policies: this.#policies,
      clock: this.clock,
      random: { next: () => 0.5 },
      observer: {
        callStarted: () => this.#observed.started++,
        callEnded: ({ attemptsMade }) => {
          this.#observed.ended++
          this.#observed.attempts += attemptsMade
        },
        attemptFailed: () => undefined,
      },
    })
  }

  /** Plays all of it, waits until everything is over, and looks at what is left. */
  static async play(scenario: Scenario): Promise<World> {
    const world = new World(scenario)
    scenario.calls.forEach((call) => world.clock.setTimer(call.startMs, () => world.#start(call)))
    await world.clock.advance(5_000_000)
    // A listener that starts a call when the circuit half-opens would take the one trial that is looked for.
    world.#meddlings = Infinity
    world.#inspect()
    await world.clock.advance(120_000)
    world.#inspectBreakers()
    return world
  }

  complain(what: string): void {
    this.complaints.push(what)
  }

  /** User code is on the stack: it may do anything. */
  meddle(own: number | undefined): void {
    const meddling = this.#scenario.meddlings[this.#meddlings++] ?? 'nothing'
    if (meddling === 'abort-own' && own !== undefined) this.#abort(this.#trials[own])
    if (meddling === 'abort-other') this.#abort(this.#trials[(this.#meddlings * 7) % this.#trials.length])
    const call = this.#scenario.calls[this.#meddlings % this.#scenario.calls.length]
    if (meddling === 'call' && call !== undefined) this.#start(call)
  }

  /** An outcome that only the call with this id may have. */
  owned<T>(id: number, outcome: T): T {
    const trial = this.#trials[id]
    if (trial === undefined) this.complain('user code was given arguments that nobody passed')
    trial?.own.add(outcome)
    return outcome
  }

  #start(plan: CallPlan): void {
    if (this.#trials.length >= mostCalls) return
    const id = this.#trials.length
    const reason = new Error(`aborted ${id}`)
    const trial: Trial = {
      id,
      plan,
      controller: new AbortController(),
      reason,
      own: new Set([reason]),
      starts: 0,
      ends: 0,
    }
    this.#trials.push(trial)
    if (plan.abortMs !== undefined) this.clock.setTimer(plan.abortMs, () => this.#abort(trial))
    const { signal } = trial.controller
    const options: RunOptions = plan.hasSignal ? { args: [id], signal } : { args: [id] }
    void this.#run(trial, options).then((outcome) => this.#judge(trial, outcome))
  }

  #run(trial: Trial, options: RunOptions): Promise<Outcome<unknown>> {
    const work = (context: CallContext): unknown => this.#work(trial, context)
    if (trial.plan.wantsOutcome) return this.#pipeline.tryRun(work, options)
    return this.#pipeline.run(work, options).then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error }),
    )
  }

  #abort(trial: Trial | undefined): void {
    trial?.controller.abort(trial.reason)
  }

  #judge(trial: Trial, outcome: Outcome<unknown>): void {
    trial.ends++
    const result = outcome.ok ? outcome.value : outcome.error
    if (!trial.own.has(result) && (outcome.ok || !isResilienceError(result)))
      this.complain(`call ${trial.id} ended with ${String(result)}`)
    if (this.#seen.has(result)) this.complain(`call ${trial.id} ended as another call: ${String(result)}`)
    this.#seen.add(result)
  }

  #work(trial: Trial, context: CallContext): unknown {
    this.#worksStarted++
    if (context.args[0] !== trial.id) this.complain('work was given the arguments of another call')
    if (trial.ends > 0) this.complain('work was started after its call had ended')
    if (trial.plan.hasSignal && trial.controller.signal.aborted)
      this.complain('work was started after the abort')
    const { attempts } = trial.plan
    const plan = attempts[Math.min(trial.starts++, attempts.length - 1)]
    this.meddle(trial.id)
    return plan === undefined ? undefined : this.#act(trial, plan, context)
  }

  #act(trial: Trial, plan: WorkPlan, context: CallContext): unknown {
    const value = this.owned(trial.id, `value ${trial.id}.${trial.starts}`)
    const error = this.owned(trial.id, new Error(`error ${trial.id}.${trial.starts}`))
    if (plan.kind === 'value') return value
    if (plan.kind === 'throw') throw error
    this.#running++
    return new Promise((resolve, reject) => {
      const timer = this.clock.setTimer(plan.ms, () => {
        this.#running--
        if (plan.kind === 'resolve') resolve(value)
        else reject(error)
      })
      if (plan.kind !== 'obey') return
      context.signal.addEventListener('abort', () => {
        timer.cancel()
        this.#running--
        reject(error)
        this.meddle(trial.id)
      })
    })
  }

  #inspect(): void {
    this.#inspectCalls()
    const { started, ended, attempts } = this.#observed
    const calls = this.#trials.length
    if (started !== calls || ended !== calls)
      this.complain(`${calls} calls, ${started} started, ${ended} ended`)
    if (attempts !== this.#worksStarted) this.complain(`${this.#worksStarted} attempts, ${attempts} counted`)
    if (this.#running !== 0) this.complain(`${this.#running} works never ended`)
    if (this.clock.pending().length > 0) this.complain('timers are left')
    this.#policiesOf<Bulkhead>('bulkhead').forEach(({ active, queued }) => {
      if (active !== 0 || queued !== 0) this.complain(`a bulkhead holds ${active} active, ${queued} queued`)
    })
    this.#policiesOf<LevelProbe>('probe').forEach(({ counts: { entries, exits, releases } }) => {
      if (exits !== entries || releases !== entries)
        this.complain(`${entries} entries, ${exits} exits, ${releases} releases`)
    })
  }

  #inspectCalls(): void {
    this.#trials.forEach(({ id, ends, controller }) => {
      if (ends !== 1) this.complain(`call ${id} ended ${ends} times`)
      const listeners = getEventListeners(controller.signal, 'abort').length
      if (listeners > 0) this.complain(`call ${id} left ${listeners} listeners`)
    })
  }

  /** The lease of a trial is a day: a trial that leaked still holds its place. */
  #inspectBreakers(): void {
    this.#policiesOf<CircuitBreaker>('circuit-breaker').forEach((breaker) => {
      if (breaker.tryAcquire() === undefined) this.complain('a breaker admits no trial')
    })
  }

  #policiesOf<Kind extends { readonly kind: string }>(kind: Kind['kind']): readonly Kind[] {
    return this.#policies.filter((policy) => policy.kind === kind) as unknown as readonly Kind[]
  }
}
