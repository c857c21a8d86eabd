import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { CircuitBreaker, CircuitPermit } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const broken = new Error('broken')
const openMs = 50
const leaseMs = 200
const slowMs = 20

interface Numbers {
  readonly kind: 'time' | 'count' | 'row'
  readonly size: number
  readonly ratio: number
  readonly minimum: number
  readonly slowRatio: number
  readonly trials: number
  readonly needed: number
  readonly limit: number
  readonly steps: readonly number[]
  readonly chance: number
}

interface Ended {
  readonly at: number
  readonly isFailure: boolean
  readonly isSlow: boolean
}

interface Call {
  readonly id: number
  readonly era: number
  readonly startedAt: number
}

/** A breaker as one would explain it: lists of everything, nothing incremental. */
class Model {
  kind: 'closed' | 'open' | 'half-open' | 'ramp' = 'closed'
  /** Calls of another era do not count; a ramp and the closed state after it are one. */
  era = 0
  since = 0
  retryAt = 0
  openings = 0
  ended: Ended[] = []
  inRamp: boolean[] = []
  trials = new Map<number, number>()
  good = 0
  bad = 0
  readonly numbers: Numbers

  constructor(numbers: Numbers) {
    this.numbers = numbers
  }

  get name(): string {
    return this.kind === 'ramp' ? 'closed' : this.kind
  }

  enter(id: number, now: number): Call | undefined {
    if (this.kind === 'open' && now >= this.retryAt) this.turn('half-open', now)
    if (this.kind === 'ramp' && this.share(now) === 1) this.settle()
    const isAdmitted = {
      closed: () => true,
      open: () => false,
      ramp: () => this.numbers.chance < this.share(now),
      'half-open': () => this.admitsTrial(id, now),
    }[this.kind]()
    return isAdmitted ? { id, era: this.era, startedAt: now } : undefined
  }

  exit({ id, era, startedAt }: Call, outcome: string, now: number): void {
    if (era !== this.era) return
    const isTrial = this.kind === 'half-open'
    if (isTrial && !this.trials.delete(id)) return
    if (outcome === 'ignore') return
    const isSlow = this.numbers.slowRatio > 0 && now - startedAt >= slowMs
    const isFailure = outcome === 'fail'
    if (isTrial) this.judgeTrial(isFailure || isSlow, now)
    else this.count({ at: now, isFailure: isFailure || (isSlow && this.numbers.kind === 'row'), isSlow })
  }

  /** What a new process makes of this one's snapshot. */
  restored(now: number): void {
    if (this.kind === 'half-open') [this.kind, this.retryAt] = ['open', now]
    if (this.kind === 'ramp') this.settle()
    this.era++
  }

  private share(now: number): number {
    return this.numbers.steps[Math.floor((now - this.since) / 100)] ?? 1
  }

  private settle(): void {
    this.kind = 'closed'
    this.openings = 0
  }

  private admitsTrial(id: number, now: number): boolean {
    const { limit, trials } = this.numbers
    const isFull = (): boolean =>
      this.trials.size >= limit || (trials > 0 && this.trials.size + this.good + this.bad >= trials)
    if (isFull()) this.trials = new Map([...this.trials].filter(([, at]) => at + leaseMs > now))
    if (isFull()) return false
    this.trials.set(id, now)
    return true
  }

  private judgeTrial(isBad: boolean, now: number): void {
    const { needed, trials, steps } = this.numbers
    if (isBad) this.bad++
    else this.good++
    if (isBad && this.bad > Math.max(0, trials - needed)) return this.open(now)
    if (isBad || this.good < needed) return
    this.turn(steps.length > 0 ? 'ramp' : 'closed', now)
    if (steps.length === 0) this.openings = 0
  }

  private count(ended: Ended): void {
    this.ended.push(ended)
    if (this.kind === 'ramp') this.inRamp.push(ended.isFailure)
    const rampFailures = this.inRamp.filter(Boolean).length
    const isRampOver = ended.isFailure && this.inRamp.length >= 2 && rampFailures / this.inRamp.length >= 0.5
    if (this.isOver(ended) || (this.kind === 'ramp' && isRampOver)) this.open(ended.at)
  }

  private isOver(last: Ended): boolean {
    const { kind, size, ratio, minimum, slowRatio } = this.numbers
    if (kind === 'row')
      return this.ended.length >= size && this.ended.slice(-size).every((one) => one.isFailure)
    const slot = (at: number): number => Math.floor(at / 100)
    const held =
      kind === 'count'
        ? this.ended.slice(-size)
        : this.ended.filter((one) => slot(last.at) - slot(one.at) < 10)
    if (held.length < minimum) return false
    const [failures, slow] = [held.filter((one) => one.isFailure), held.filter((one) => one.isSlow)]
    const isBad = last.isFailure || last.isSlow
    const isSlowOver = slowRatio > 0 && slow.length / held.length >= slowRatio
    return isBad && (failures.length / held.length >= ratio || isSlowOver)
  }

  private open(now: number): void {
    this.turn('open', now)
    this.openings++
    this.retryAt = now + Math.min(60_000, openMs * 2 ** (this.openings - 1))
  }

  private turn(kind: Model['kind'], now: number): void {
    this.kind = kind
    this.era++
    this.since = now
    this.ended = []
    this.inRamp = []
    this.trials = new Map()
    this.good = 0
    this.bad = 0
  }
}

function optionsOf(numbers: Numbers, clock: FakeClock): CircuitBreakerOptions {
  const { kind, size, ratio, minimum, slowRatio, trials, needed, limit, steps, chance } = numbers
  const window = kind === 'count' ? { windowCalls: size } : { windowMs: 1_000 }
  const byRatio = { failureRatio: ratio, minimumCalls: minimum, ...window }
  return {
    ...(kind === 'row' ? { consecutiveFailures: size } : byRatio),
    ...(slowRatio > 0 && { slowCallMs: slowMs, ...(kind !== 'row' && { slowCallRatio: slowRatio }) }),
    ...(trials > 0 && { trials }),
    ...(steps.length > 0 && { ramp: { steps, stepMs: 100, failureRatio: 0.5, minimumCalls: 2 } }),
    ...{ successThreshold: needed, halfOpenLimit: limit, trialLeaseMs: leaseMs, openMs, jitter: 0, clock },
    random: { next: () => chance },
  }
}

const numbers: fc.Arbitrary<Numbers> = fc
  .record({
    kind: fc.constantFrom('time' as const, 'count' as const, 'row' as const),
    size: fc.integer({ min: 1, max: 6 }),
    ratio: fc.constantFrom(0.25, 0.5, 1),
    minimum: fc.integer({ min: 1, max: 4 }),
    slowRatio: fc.constantFrom(0, 0, 0.5, 1),
    trials: fc.integer({ min: 0, max: 4 }),
    needed: fc.integer({ min: 1, max: 3 }),
    limit: fc.integer({ min: 1, max: 3 }),
    steps: fc.constantFrom<readonly number[]>([], [0.1, 0.5], [0.3]),
    chance: fc.constantFrom(0.05, 0.2, 0.4, 0.9),
  })
  .map((given) => ({
    ...given,
    minimum: given.kind === 'count' ? Math.min(given.minimum, given.size) : given.minimum,
    needed: given.trials > 0 ? Math.min(given.needed, given.trials) : given.needed,
  }))

const command = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant('enter') },
    { weight: 9, arbitrary: fc.constantFrom('succeed', 'succeed', 'fail', 'fail', 'ignore') },
    { weight: 4, arbitrary: fc.constant('wait') },
    { weight: 1, arbitrary: fc.constant('restore') },
  ),
  ms: fc.constantFrom(1, 19, 20, 49, 50, 99, 100, 200, 900, 1_000),
  pick: fc.nat(5),
})

/** Runs commands on both and gives what each said. */
class Scene {
  readonly seen: string[] = []
  readonly expected: string[] = []
  readonly #clock = new FakeClock()
  readonly #model: Model
  #breaker: CircuitBreaker
  #calls: { readonly call: Call; readonly permit: CircuitPermit }[] = []

  constructor(given: Numbers) {
    this.#model = new Model(given)
    this.#breaker = circuitBreaker(optionsOf(given, this.#clock))
  }

  async run(id: number, { kind, ms, pick }: { kind: string; ms: number; pick: number }): Promise<void> {
    if (kind === 'wait') await this.#clock.advance(ms)
    else if (kind === 'enter') this.#enter(id)
    else if (kind === 'restore') this.#restore()
    else this.#end(kind, pick)
    const now = this.#clock.now()
    const isDue = this.#model.kind === 'open' && now >= this.#model.retryAt
    this.seen.push(`${kind} ${this.#breaker.state}`)
    this.expected.push(`${kind} ${isDue ? 'half-open' : this.#model.name}`)
  }

  #enter(id: number): void {
    const permit = this.#breaker.tryAcquire()
    const call = this.#model.enter(id, this.#clock.now())
    this.seen.push(permit === undefined ? 'refused' : 'admitted')
    this.expected.push(call === undefined ? 'refused' : 'admitted')
    if (permit !== undefined && call !== undefined) this.#calls.push({ call, permit })
  }

  #end(kind: string, pick: number): void {
    const [ended] = this.#calls.splice(pick % (this.#calls.length || 1), 1)
    if (ended === undefined) return
    const { permit, call } = ended
    if (kind === 'succeed') permit.succeed()
    if (kind === 'fail') permit.fail(broken)
    if (kind === 'ignore') permit.ignore()
    this.#model.exit(call, kind, this.#clock.now())
  }

  #restore(): void {
    const restore = JSON.parse(JSON.stringify(this.#breaker.snapshot()))
    this.#breaker = circuitBreaker({ ...optionsOf(this.#model.numbers, this.#clock), restore })
    this.#model.restored(this.#clock.now())
  }
}

describe('circuitBreaker() of every kind', () => {
  it('does what its model does: windows, slow calls, trials by ratio, leases, ramps and restores', async () => {
    const property = fc.asyncProperty(
      numbers,
      fc.array(command, { minLength: 60, maxLength: 150 }),
      async (given, commands) => {
        const scene = new Scene(given)

        for (const [id, each] of commands.entries()) await scene.run(id, each)

        expect(scene.seen).toEqual(scene.expected)
      },
    )

    await fc.assert(property, { numRuns: 400 })
  })
})
