import type { CallContext } from '../../src/pipeline/call-context.ts'
import type { Outcome } from '../../src/pipeline/outcome.ts'
import { pipeline, type Pipeline } from '../../src/pipeline/pipeline.ts'
import { Answers } from './answers.ts'
import type { Layer } from './layer.ts'
import { layerOf } from './layers.ts'
import { LevelProbe } from './level-probe.ts'
import type { CallPlan, Meddling, Scenario, WorkPlan } from './scenario.ts'
import { Trial } from './trial.ts'
import { UserWorld } from './user-world.ts'

const mostCalls = 120
/** How many groups the calls fall into that share answers. */
const groups = 3

/** Plays a scenario on a fake clock and writes down whatever the engine does that it must not. */
export class World extends UserWorld {
  readonly #trials: Trial[] = []
  readonly #layers: readonly Layer[]
  readonly #pipeline: Pipeline<unknown>
  readonly #answers: Answers
  readonly #observed = { started: 0, ended: 0, attempts: 0 }
  /** Calls may be answered by the work of others. */
  readonly #isShared: boolean
  /** Work may go on for others, or for a cache, when its own call is over. */
  readonly #mayOutlive: boolean
  readonly #has: (kind: string) => boolean
  #running = 0
  #worksStarted = 0

  private constructor(scenario: Scenario) {
    super(scenario)
    const kinds = new Set<string>(scenario.layers.map(({ kind }) => kind))
    this.#has = (kind) => kinds.has(kind)
    this.#isShared = scenario.layers.some((layer) => 'isShared' in layer && layer.isShared)
    this.#mayOutlive =
      this.#isShared || scenario.layers.some((layer) => 'staleMs' in layer && layer.staleMs > 0)
    this.#layers = scenario.layers.map((layer) => layerOf(layer, this))
    this.#answers = new Answers({
      complain: (what) => this.complain(what),
      groupOf: (id) => this.#groupOf(id),
      codes: new Set(this.#layers.flatMap(({ codes }) => codes)),
    })
    this.#pipeline = this.#compile()
  }

  /** Plays all of it, waits until everything is over, and looks at what is left. */
  static async play(scenario: Scenario): Promise<World> {
    const world = new World(scenario)
    world.wake()
    scenario.calls.forEach((call) => world.clock.setTimer(call.startMs, () => world.#start(call)))
    await world.clock.advance(5_000_000)
    // A listener that starts a call when the circuit half-opens would take the one trial that is looked for.
    world.quieten()
    world.#inspect()
    await world.clock.advance(120_000)
    world.#inspectLayers()
    return world
  }

  owned<T>(id: number, outcome: T): T {
    if (this.#trials[id] === undefined) this.complain('user code was given arguments that nobody passed')
    this.#answers.own(id, outcome)
    return outcome
  }

  keyOf([id]: readonly unknown[], isShared: boolean): string {
    return String(isShared ? this.#groupOf(id as number) : id)
  }

  protected act(meddling: Meddling, step: number, own: number | undefined): void {
    if (meddling === 'abort-own' && own !== undefined) this.#trials[own]?.abort()
    if (meddling === 'abort-other') this.#trials[(step * 7) % this.#trials.length]?.abort()
    if (meddling === 'turn') this.#layers[(step * 5) % this.#layers.length]?.turn?.(step)
    const call = this.scenario.calls[step % this.scenario.calls.length]
    if (meddling === 'call' && call !== undefined) this.#start(call)
  }

  #compile(): Pipeline<unknown> {
    return pipeline({
      policies: this.#layers.map(({ policy }) => policy),
      ...{ clock: this.clock, random: this.random },
      dispose: (value) => this.#answers.disposed(value),
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

  #groupOf(id: number): number {
    return this.#isShared ? id % groups : id
  }

  #start(plan: CallPlan): void {
    if (this.#trials.length >= mostCalls) return
    const trial = new Trial(this.#trials.length, plan)
    this.#trials.push(trial)
    if (plan.abortMs !== undefined) this.clock.setTimer(plan.abortMs, () => trial.abort())
    void this.#run(trial).then((outcome) => {
      trial.ends++
      this.#answers.judge(trial, outcome, (error) => this.errorsOfAnyone.has(error))
    })
  }

  #run(trial: Trial): Promise<Outcome<unknown>> {
    const work = (context: CallContext): unknown => this.#work(trial, context)
    if (trial.plan.wantsOutcome) return this.#pipeline.tryRun(work, trial.options)
    return this.#pipeline.run(work, trial.options).then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error }),
    )
  }

  #work(trial: Trial, context: CallContext): unknown {
    this.#worksStarted++
    if (context.args[0] !== trial.id) this.complain('work was given the arguments of another call')
    if (trial.ends > 0 && !this.#mayOutlive) this.complain('work was started after its call had ended')
    if (trial.isAborted) this.complain('work was started after the abort')
    if (this.#has('balancer') && context.endpoint === undefined) this.complain('work was given no endpoint')
    const { attempts } = trial.plan
    const plan = attempts[Math.min(trial.starts++, attempts.length - 1)]
    // Named now: the next attempt may start before the line after this one.
    const name = `${trial.id}.${trial.starts}`
    this.meddle(trial.id)
    return plan === undefined ? undefined : this.#do(trial.id, { ...plan, name }, context)
  }

  #do(id: number, plan: WorkPlan & { readonly name: string }, context: CallContext): unknown {
    const value = this.owned(id, `value ${plan.name}`)
    const error = this.owned(id, new Error(`error ${plan.name}`))
    if (plan.kind === 'value') this.#answers.made(value)
    if (plan.kind === 'value') return value
    if (plan.kind === 'throw') throw error
    this.#running++
    return new Promise((resolve, reject) => {
      const timer = this.clock.setTimer(plan.ms, () => {
        this.#running--
        if (plan.kind !== 'resolve') return reject(error)
        this.#answers.made(value)
        resolve(value)
      })
      if (plan.kind !== 'obey') return
      context.signal.addEventListener('abort', () => {
        timer.cancel()
        this.#running--
        reject(error)
        this.meddleQuietly(id)
      })
    })
  }

  #inspect(): void {
    this.#complainOf(this.#trials.flatMap((trial) => trial.leftovers()))
    const { started, ended, attempts } = this.#observed
    const calls = this.#trials.length
    const works = this.#worksStarted
    this.#complainOf([
      (started !== calls || ended !== calls) && `${calls} calls, ${started} started, ${ended} ended`,
      (this.#mayOutlive ? attempts > works : attempts !== works) && `${works} attempts, ${attempts} counted`,
      this.#running !== 0 && `${this.#running} works never ended`,
      this.clock.pending().length > 0 && `timers are left: ${this.clock.pending().join(', ')}`,
      ...this.#answers.leftovers({
        keep: this.#has('cache'),
      }),
    ])
  }

  /** What policies hold on to, and whether each has let in as many as got past it. */
  #inspectLayers(): void {
    this.#layers.forEach(({ policy, admitted, leftovers }, index) => {
      if (policy instanceof LevelProbe) this.#complainOf(policy.leftovers())
      const inside = this.#layers[index + 1]?.policy
      if (admitted === undefined || !(inside instanceof LevelProbe)) return
      const { entries } = inside.counts
      this.#complainOf([admitted() !== entries && `${policy.kind} let ${admitted()} in, ${entries} got in`])
      this.#complainOf(leftovers?.() ?? [])
    })
  }

  #complainOf(complaints: readonly (string | false)[]): void {
    complaints.forEach((complaint) => complaint !== false && this.complain(complaint))
  }
}
