import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { Emitter } from '../pipeline/emitter.ts'
import { gate, type Level, type Verdict, waiting } from '../pipeline/level.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { RunHandle } from '../pipeline/run-handle.ts'
import { EmissionLedger } from './emission-ledger.ts'
import { gridFloor } from './grid-time.ts'
import { KeyTable } from './key-table.ts'
import { type KeyOwner, RateKey } from './rate-key.ts'
import type { RateLimiter, RateLimitState } from './rate-limiter-api.ts'
import { RateLimitRejection } from './rate-limiter-errors.ts'
import type { RateLimitEvent } from './rate-limiter-events.ts'
import {
  type RateLimiterOptions,
  type RateLimiterSettings,
  resolveRateLimiterOptions,
} from './rate-limiter-options.ts'
import { RateQuestion } from './rate-question.ts'
import { RateRules } from './rate-rules.ts'
import { RateWaiter } from './wait-line.ts'
import { WindowLedger } from './window-ledger.ts'

/** The limiter behind `rateLimiter`. */
export class KeyedRateLimiter implements RateLimiter, KeyOwner {
  readonly kind = 'rate-limiter'
  readonly name: string
  queued = 0
  admitted = 0
  rejected = 0
  waited = 0
  overflowed = 0
  forgotten = 0
  #isOverflowing = false
  #alone: Pipeline | undefined = undefined
  readonly #settings: RateLimiterSettings
  readonly #clock: Clock
  readonly #rules: RateRules
  readonly #question: RateQuestion
  readonly #keys: KeyTable
  readonly #events = new Emitter<RateLimitEvent>()

  constructor(options: RateLimiterOptions) {
    const settings = resolveRateLimiterOptions(options)
    this.#settings = settings
    this.name = settings.name
    this.#rules = new RateRules(settings, options)
    this.#clock = options.clock ?? systemClock
    this.#question = new RateQuestion(settings.cost, options.keyOf, this.#rules)
    const Ledger = settings.algorithm === 'sliding-window' ? WindowLedger : EmissionLedger
    const make = (key: string): RateKey => new RateKey(key, new Ledger(this.#rules.current), this)
    this.#keys = new KeyTable({ maxKeys: settings.maxKeys, make })
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get limit(): number {
    return this.#rules.current.limit
  }

  set limit(limit: number) {
    this.#rules.setLimit(limit)
    this.#adoptRule()
  }

  get intervalMs(): number {
    return this.#rules.current.intervalMs
  }

  get burst(): number {
    return this.#rules.current.burst
  }

  set burst(burst: number) {
    this.#rules.setBurst(burst)
    this.#adoptRule()
  }

  get keys(): number {
    return this.#keys.size
  }

  on(listener: (event: RateLimitEvent) => void): () => void {
    return this.#events.on(listener)
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  tryAcquire(cost: number = this.#question.usualCost, key = ''): boolean {
    const now = this.#now()
    this.#question.checkCost(cost)
    const record = this.#keyFor(key, now)
    if (record === undefined) this.#overflow(key, now)
    else if (this.#take(record, cost, now)) return true
    else this.#refuse(record, { retryAfterMs: record.waitMs(cost, now), now })
    return false
  }

  peek(key = ''): RateLimitState {
    const { limit, burst } = this
    const now = this.#now()
    const record = this.#keys.peek(key)
    if (record === undefined) return { limit, remaining: burst, retryAfterMs: 0 }
    const retryAfterMs = record.waitMs(this.#question.usualCost, now)
    return { limit, remaining: record.remaining(now), retryAfterMs }
  }

  stats(): PolicyStats {
    const { admitted, rejected, waited, overflowed, forgotten, keys, queued } = this
    const { limit, intervalMs, burst } = this
    const counters = { admitted, rejected, waited, overflowed, forgotten }
    return { counters, gauges: { keys, queued, limit, intervalMs, burst } }
  }

  compile(): Level {
    return gate({ enter: (run, index) => this.#enter(run, index) })
  }

  /** A run that waited was cut. */
  left(record: RateKey): void {
    this.queued--
    if (!record.isDraining) this.#arm(record)
  }

  #enter(run: RunHandle, index: number): Verdict {
    const key = this.#question.keyOf(run)
    const cost = this.#question.costOf(run)
    const now = this.#now()
    const record = this.#keyFor(key, now)
    if (record === undefined) return this.#overflow(key, now)
    if (this.#take(record, cost, now)) return undefined
    const retryAfterMs = record.waitMs(cost, now)
    const { queue, maxWaitMs } = this.#settings
    if (this.queued >= queue || retryAfterMs > maxWaitMs) return this.#refuse(record, { retryAfterMs, now })
    const waiter = new RateWaiter({ run, index, cost, until: now + maxWaitMs }, record)
    this.#join(record, waiter)
    run.hold(waiter)
    return waiting
  }

  #join(record: RateKey, waiter: RateWaiter): void {
    record.add(waiter)
    this.queued++
    this.waited++
    if (record.first === waiter && !record.isDraining) this.#arm(record)
  }

  #keyFor(key: string, now: number): RateKey | undefined {
    const known = this.#keys.find(key)
    if (known !== undefined) return known
    const made = this.#keys.add(key, now)
    if (made !== undefined) this.#isOverflowing = false
    else if (this.#settings.overflow === 'forget' && this.#keys.forget() !== undefined) {
      this.forgotten++
      this.#noteOverflow()
      return this.#keys.add(key, now)
    }
    return made
  }

  #take(record: RateKey, cost: number, now: number): boolean {
    if (record.first !== undefined || !record.ledger.take(cost, now)) return false
    this.admitted++
    record.isLimited = false
    return true
  }

  #refuse(record: RateKey, { retryAfterMs, now }: { retryAfterMs: number; now: number }): RateLimitRejection {
    const { name: policy, limit, intervalMs } = this
    const { key } = record
    this.rejected++
    if (!record.isLimited) {
      record.isLimited = true
      this.#events.emit({ type: 'RateLimitReached', policy, key, limit, retryAfterMs })
    }
    const remaining = record.remaining(now)
    return new RateLimitRejection({
      ...{ policy, key, limit, intervalMs, remaining, retryAfterMs },
      isOverflow: false,
    })
  }

  #overflow(key: string, now: number): RateLimitRejection {
    const { name: policy, limit, intervalMs, burst } = this
    this.rejected++
    this.overflowed++
    this.#noteOverflow()
    const retryAfterMs = this.#keys.roomInMs(now, burst)
    return new RateLimitRejection({
      ...{ policy, key, limit, intervalMs, remaining: 0, retryAfterMs },
      isOverflow: true,
    })
  }

  #noteOverflow(): void {
    if (this.#isOverflowing) return
    this.#isOverflowing = true
    const { maxKeys, overflow } = this.#settings
    this.#events.emit({ type: 'RateLimitOverflowed', policy: this.name, maxKeys, overflow })
  }

  /** One timer for a key, and only while somebody waits for it. */
  #arm(record: RateKey): void {
    record.timer?.cancel()
    record.timer = undefined
    const head = record.first
    if (head === undefined) return
    const now = this.#now()
    const dueMs = Math.min(record.ledger.waitMs(head.request.cost, now), head.request.until - now)
    record.timer = this.#clock.setTimer(dueMs, () => this.#drain(record))
  }

  /** Lets in who may go; work that is started here may come back to this limiter, so the loop reads everything anew. */
  #drain(record: RateKey): void {
    record.isDraining = true
    for (let head = record.first; head !== undefined; head = record.first) {
      const now = this.#now()
      const { run, index, cost, until } = head.request
      const isAdmitted = record.ledger.take(cost, now)
      if (!isAdmitted && now < until && cost <= this.burst) break
      const retryAfterMs = isAdmitted ? 0 : record.ledger.waitMs(cost, now)
      record.remove(head)
      this.queued--
      if (isAdmitted) {
        this.admitted++
        record.isLimited = false
        run.admit(index)
      } else run.refuse(head, this.#refuse(record, { retryAfterMs, now }))
    }
    record.isDraining = false
    this.#arm(record)
  }

  /** First all keys, then those who wait: work that is let in may come back here. */
  #adoptRule(): void {
    const now = this.#now()
    for (const record of this.#keys.all()) record.ledger.adopt(this.#rules.current, now)
    for (const record of this.#keys.all())
      if (record.first !== undefined && !record.isDraining) this.#drain(record)
  }

  #now(): number {
    return gridFloor(this.#clock.now())
  }
}
