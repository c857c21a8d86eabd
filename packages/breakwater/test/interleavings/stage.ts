import { pipeline, type Pipeline } from '../../src/pipeline/pipeline.ts'
import type { Policy } from '../../src/pipeline/policy.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { type Ending, HandCall } from './hand-call.ts'

/** Longer than anything waits in a play, and so short that a lease of a day outlasts all rounds. */
const hourMs = 3_600_000

/** How a call ended: its value, its error's code or message. */
export interface Ended {
  readonly name: string
  readonly answer: string
}

/**
 * Calls through one pipeline, played step by step. A step is a line of the play:
 * `start A` · `A0 ok`, `A1 fails` (its first, its second attempt) · `abort A` · `time 10` (milliseconds).
 */
export class Stage {
  readonly clock: FakeClock = new FakeClock()
  readonly complaints: string[] = []
  /** The most attempts that ran at once. */
  mostAtOnce = 0
  readonly #calls = new Map<string, HandCall>()
  readonly #pipeline: Pipeline<unknown>
  readonly #key: string | undefined
  readonly #disposed: unknown[] = []

  /** With a `key`, all calls are the same to policies that share answers. */
  constructor(policiesOf: (clock: FakeClock) => readonly Policy<unknown>[], key?: string) {
    const { clock } = this
    this.#key = key
    const dispose = (value: unknown): void => void this.#disposed.push(value)
    this.#pipeline = pipeline({ policies: policiesOf(clock), clock, random: { next: () => 0.5 }, dispose })
  }

  /** Plays one step. */
  async play(step: string): Promise<void> {
    const [, verb, name] = /^(start|abort) (\w)$/.exec(step) ?? []
    const [, actor, attempt, ending] = /^(\w)(\d) (ok|fails)$/.exec(step) ?? []
    const [, ms] = /^time (\d+)$/.exec(step) ?? []
    if (verb === 'start' && name !== undefined) this.#start(this.#call(name))
    else if (verb === 'abort' && name !== undefined) this.#call(name).controller.abort(new Error('aborted'))
    else if (actor !== undefined) this.#call(actor).end(Number(attempt), ending as Ending)
    else if (ms !== undefined) await this.clock.advance(Number(ms))
    else throw new Error(`No such step: ${step}`)
  }

  /** Ends all that still runs, and says how each call ended. */
  async finish(): Promise<readonly Ended[]> {
    await this.clock.settle()
    for (let round = 0; round < 20 && !this.#isIdle; round++) {
      this.#calls.forEach((call) => call.endAll())
      await this.clock.advance(hourMs)
    }
    await this.clock.advance(hourMs)
    const calls = [...this.#calls.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    this.complaints.push(...calls.flatMap((call) => call.leftovers()), ...this.#wrongValues(calls))
    if (this.clock.pending().length > 0) this.complaints.push('timers are left')
    return calls.map(({ name, answers }) => ({ name, answer: answers.join(', ') }))
  }

  get #isIdle(): boolean {
    return this.#running === 0 && this.clock.pending().length === 0
  }

  get #running(): number {
    return [...this.#calls.values()].reduce((sum, { running }) => sum + running, 0)
  }

  #call(name: string): HandCall {
    const call = this.#calls.get(name) ?? new HandCall(name)
    this.#calls.set(name, call)
    return call
  }

  #start(call: HandCall): void {
    const { signal } = call.controller
    const key = this.#key === undefined ? {} : { key: this.#key }
    const work = (): unknown => {
      if (signal.aborted) this.complaints.push(`${call.name} was started after its abort`)
      if (call.answers.length > 0 && this.#key === undefined)
        this.complaints.push(`${call.name} was started after it was answered`)
      const result = call.work()
      this.mostAtOnce = Math.max(this.mostAtOnce, this.#running)
      return result
    }
    call.answered(this.#pipeline.run(work, { signal, ...key }))
  }

  /** Each value goes to its own call, or is disposed, once; shared ones may go to several. */
  #wrongValues(calls: readonly HandCall[]): readonly string[] {
    const isShared = this.#key !== undefined
    const values = calls.flatMap((call) => call.values.map((value) => ({ value, owner: call })))
    return values.flatMap(({ value, owner }) => {
      const receivers = calls.filter(({ answers }) => answers.includes(value))
      const disposals = this.#disposed.filter((one) => one === value).length
      const isStray = !isShared && receivers.some((receiver) => receiver !== owner)
      return [
        ...(isStray ? [`${value} went to another call`] : []),
        ...(disposals + Math.min(1, receivers.length) === 1
          ? []
          : [`${value} was given to ${receivers.length} calls and disposed ${disposals} times`]),
      ]
    })
  }
}
