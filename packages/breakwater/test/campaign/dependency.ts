import type { Clock } from '../../src/clock/clock.ts'
import type { Random } from '../../src/random/random.ts'
import type { Fault } from './fault-schedule.ts'

/** For how long a call hangs that nobody stops. */
const hangMs = 30_000
/** An exhausted dependency serves so many calls at once, refuses others, and takes so long. */
const leftOver = 2
const exhaustedMs = 400

/** What a service calls: answers in 20 to 40 ms, unless a fault of its schedule is on. */
export class Dependency {
  readonly name: string
  readonly #clock: Clock
  readonly #random: Random
  readonly #faults: readonly Fault[]
  #served = 0

  constructor(name: string, world: { clock: Clock; random: Random; faults: readonly Fault[] }) {
    this.name = name
    this.#clock = world.clock
    this.#random = world.random
    this.#faults = world.faults.filter(({ dependency }) => dependency === name)
  }

  /** The fault that is on now. */
  get fault(): Fault | undefined {
    const now = this.#clock.now()
    return this.#faults.find(({ from, until }) => from <= now && now < until)
  }

  async call(signal?: AbortSignal): Promise<string> {
    this.#served++
    try {
      await this.#serve(signal, this.#served)
    } finally {
      this.#served--
    }
    return this.name
  }

  async #serve(signal: AbortSignal | undefined, place: number): Promise<void> {
    const { fault } = this
    const usualMs = 20 + 20 * this.#random.next()
    if (fault?.kind === 'refused') throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    if (fault?.kind === 'exhausted' && place > leftOver) throw unavailable()
    if (fault?.kind === 'partition') await this.#clock.sleep(hangMs, signal)
    await this.#clock.sleep(timeOf(fault, usualMs), signal)
    if (fault !== undefined && this.#fails(fault)) throw unavailable()
  }

  #fails({ kind, from, until }: Fault): boolean {
    if (kind === 'partition') return true
    if (kind === 'errors') return this.#random.next() < 0.5
    return kind === 'growing' && this.#random.next() < (this.#clock.now() - from) / (until - from)
  }
}

function timeOf(fault: Fault | undefined, usualMs: number): number {
  if (fault?.kind === 'exhausted') return exhaustedMs
  return fault?.kind === 'slow' ? 40 * usualMs : usualMs
}

function unavailable(): Error {
  return Object.assign(new Error('unavailable'), { status: 503 })
}
