import type { Clock } from '../clock/clock.ts'
import type { RunOptions, Work } from '../pipeline/call-context.ts'
import { startDetached } from '../pipeline/detached-call.ts'
import { type Detach, detacherOf } from '../pipeline/detacher-of.ts'
import { Emitter } from '../pipeline/emitter.ts'
import type { Held } from '../pipeline/held.ts'
import { keyOfCall } from '../pipeline/keyed-call.ts'
import { answered, driver, type Level, type Verdict } from '../pipeline/level.ts'
import { cancelled, rejected, succeeded } from '../pipeline/outcome.ts'
import { type Pipeline, pipeline } from '../pipeline/pipeline.ts'
import type { PolicySetup, PolicyStats } from '../pipeline/policy.ts'
import type { Rejection } from '../pipeline/rejection.ts'
import type { InnerHandle, RunHandle } from '../pipeline/run-handle.ts'
import { type Answer, AnswerStore } from './answer-store.ts'
import type { Cache, CachedAnswer } from './cache-api.ts'
import type { CacheEvent } from './cache-events.ts'
import { type CacheOptions, type ResolvedCacheOptions, resolveCacheOptions } from './cache-options.ts'

/**
 * Makes a cache: answers are given again while they are fresh (`ttlMs`), while a new one is fetched behind them
 * (`staleWhileRevalidateMs`), and when the call fails (`staleIfErrorMs`). With the defaults it asks every time and only
 * keeps the last good answer for the hour in which asking fails: put it where a fallback would stand, outside the retry.
 *
 * The same object is given to all callers: treat it as read-only. Errors are never kept.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see RFC 5861, HTTP Cache-Control Extensions for Stale Content
 * @example
 * const prices = pipeline({ operation: 'prices', policies: [cache({ keyOf: ({ args }) => String(args[0]) }), retry()] }).wrap(loadPrices)
 */
export function cache(options: CacheOptions = {}): Cache {
  return new AnswerCache(options)
}

/** How old an answer may be that is looked at, when nobody says. */
const peekedMs = 3_600_000

/** Where a call's answer belongs, kept in its permit. */
interface Place {
  readonly key: string
  /** The number of the question that it asks. */
  readonly question: number
}

/** What one pipeline has set. */
interface Setting {
  readonly clock: Clock
  readonly detach: Detach
}

class AnswerCache implements Cache {
  readonly kind = 'cache'
  readonly name: string
  hits = 0
  stale = 0
  misses = 0
  readonly #options: ResolvedCacheOptions
  readonly #answers: AnswerStore
  readonly #events = new Emitter<CacheEvent>()
  #alone: Pipeline | undefined = undefined
  /** That of the pipeline it stands in: answers are as old as its clock says. */
  #clock: Clock | undefined = undefined

  constructor(options: CacheOptions) {
    this.#options = resolveCacheOptions(options)
    this.name = this.#options.name
    this.#answers = new AnswerStore(this.#options.maxEntries)
    if (options.onEvent !== undefined) this.#events.on(options.onEvent)
  }

  get size(): number {
    return this.#answers.size
  }

  run<T>(work: Work<T>, options?: RunOptions): Promise<T> {
    this.#alone ??= pipeline({ operation: this.name, policies: [this] })
    return this.#alone.run(work, options)
  }

  peek(operation: string, key: string, maxAgeMs: number = peekedMs): CachedAnswer | undefined {
    const answer = this.#answers.peek(keyIn(operation, key))
    if (answer === undefined || this.#clock === undefined) return undefined
    const ageMs = this.#clock.now() - answer.at
    if (ageMs > maxAgeMs) return undefined
    return { value: answer.value, ageMs, isStale: ageMs >= this.#options.ttlMs }
  }

  delete(operation: string, key: string): boolean {
    return this.#answers.delete(keyIn(operation, key))
  }

  clear(): void {
    this.#answers.clear()
  }

  on(listener: (event: CacheEvent) => void): () => void {
    return this.#events.on(listener)
  }

  stats(): PolicyStats {
    const { hits, stale, misses, size } = this
    return { counters: { hits, stale, misses, evicted: this.#answers.evicted }, gauges: { size } }
  }

  compile({ clock, detach }: PolicySetup): Level {
    this.#clock ??= clock
    const setting = { clock, detach: detacherOf(detach) }
    const settled: Level['settled'] = (run, index) => this.#settled(setting, run, index)
    const enter: Level['enter'] = (run, index) => this.#enter(setting, run, index)
    return driver({ enter, settled }, false)
  }

  #enter(setting: Setting, run: RunHandle, index: number): Verdict {
    run.permits[index] = undefined
    const own = keyOfCall(run, this.#options.keyOf)
    if (own === undefined) return undefined
    const key = keyIn(run.operation, own)
    const answer = this.#answers.get(key)
    if (answer !== undefined && this.#isUsable(setting.clock.now() - answer.at))
      return this.#give(setting, { run, index, key }, answer)
    run.permits[index] = { key, question: this.#answers.ask() } satisfies Place
    this.misses++
    return undefined
  }

  /** Fresh, or near enough to be given while a new one is fetched. */
  #isUsable(ageMs: number): boolean {
    return ageMs < this.#options.ttlMs + this.#options.staleWhileRevalidateMs
  }

  #give(setting: Setting, at: { run: RunHandle; index: number; key: string }, answer: Answer): Verdict {
    const ageMs = setting.clock.now() - answer.at
    const isStale = ageMs >= this.#options.ttlMs
    if (isStale) this.#serveStale(at.run, { ageMs, because: 'revalidation', error: undefined })
    else this.hits++
    if (isStale && !answer.isRevalidating) this.#revalidate(setting, at, answer)
    at.run.answer(succeeded, answer.value)
    return answered
  }

  /** Fetches a new answer behind the call, which does not wait for it. */
  #revalidate(
    { clock, detach }: Setting,
    { run, index, key }: { run: RunHandle; index: number; key: string },
    answer: Answer,
  ): void {
    answer.isRevalidating = true
    const { operation } = run
    const question = this.#answers.ask()
    const innerFinished = (inner: InnerHandle): void => {
      answer.isRevalidating = false
      if (inner.kind === succeeded)
        this.#answers.set(key, question, { value: inner.payload, at: clock.now() })
      else this.#emit({ type: 'RevalidationFailed', policy: this.name, operation, error: inner.payload })
    }
    startDetached({ run, index, detach }, { innerFinished })
  }

  #settled({ clock }: Setting, run: RunHandle, index: number): boolean {
    const place = run.permits[index] as Place | undefined
    const { kind, payload } = run
    if (place === undefined || kind === cancelled) return false
    if (kind === succeeded) {
      this.#answers.set(place.key, place.question, { value: payload, at: clock.now() })
      return false
    }
    const answer = this.#answers.get(place.key)
    if (answer === undefined) return false
    const ageMs = clock.now() - answer.at
    const { ttlMs, staleIfErrorMs } = this.#options
    const error = kind === rejected ? (payload as Rejection).toError() : payload
    if (ageMs >= ttlMs + staleIfErrorMs || !this.#options.when(error)) return false
    this.#serveStale(run, { ageMs, because: 'error', error })
    run.call.sparedBy = 'cache'
    const held = new StaleAnswer()
    run.hold(held)
    run.resume(held, succeeded, answer.value)
    return true
  }

  #serveStale(
    run: RunHandle,
    facts: { ageMs: number; because: 'error' | 'revalidation'; error: unknown },
  ): void {
    this.stale++
    this.#emit({ type: 'StaleServed', policy: this.name, operation: run.operation, ...facts })
  }

  #emit(event: CacheEvent): void {
    if (this.#events.hasListeners) this.#events.emit(event)
  }
}

/** Held for the moment in which a failure becomes a stale answer. */
class StaleAnswer implements Held {
  cut(): void {
    // The answer is given in the same breath: there is nothing to stop.
  }
}

function keyIn(operation: string, key: string): string {
  return `${operation}\0${key}`
}
