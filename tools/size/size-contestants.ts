import { importing } from './bundle-size.ts'
import { sizeBudgets } from './budgets.ts'

/** What of a library is bundled, to stand beside that of others. */
export interface SizeContestant {
  /** Rows of one part of the table stand side by side. */
  readonly part: string
  /** The package whose version is shown. */
  readonly library: string
  /** What is imported, for people. */
  readonly what: string
  readonly source: string
  /** What a page gets for it. */
  readonly holds: string
}

const everything = sizeBudgets.find(({ names = [] }) => names.length > 2)?.names ?? []

/** Programs that use a library as little, or as much, as the others of their part. */
export const sizeContestants: readonly SizeContestant[] = [
  {
    ...{ part: 'retry', library: 'breakwater', what: '`retry`', source: importing(['retry']) },
    holds:
      'exponential backoff with its jitters, limits by budget and time, `Retry-After`, what must not run twice, events; and the engine: pipelines, aborts, deadlines, outcomes as values, counters',
  },
  {
    ...{ part: 'retry', library: 'cockatiel', what: '`retry`, `ExponentialBackoff`' },
    source: importing(['retry', 'handleAll', 'ExponentialBackoff'], 'cockatiel'),
    holds: 'one backoff with its jitter, events',
  },
  {
    ...{ part: 'retry', library: 'p-retry', what: '`pRetry`', source: "export { default } from 'p-retry'" },
    holds: 'exponential backoff, abort, a limit in total',
  },
  {
    ...{ part: 'retry', library: 'mollitia', what: '`Circuit`, `Retry`' },
    source: importing(['Circuit', 'Retry'], 'mollitia'),
    holds: 'constant, linear and exponential backoff, events',
  },
  {
    ...{ part: 'retry', library: 'effect', what: '`Effect.retry`, `Schedule`' },
    source:
      "import { Effect, Schedule } from 'effect'\nexport const run = (work) => Effect.runPromise(Effect.retry(Effect.tryPromise(work), Schedule.exponential(100)))\n",
    holds: 'schedules that can be combined, and the runtime of effects, which the rest of Effect shares',
  },
  {
    ...{ part: 'circuit breaker', library: 'breakwater', what: '`circuitBreaker`' },
    source: importing(['circuitBreaker']),
    holds:
      'ratio, slow calls and failures in a row over time or calls, staged recovery, snapshots, override, by hand, and the engine as above',
  },
  {
    ...{ part: 'circuit breaker', library: 'cockatiel', what: '`circuitBreaker`, `SamplingBreaker`' },
    source: importing(['circuitBreaker', 'handleAll', 'SamplingBreaker'], 'cockatiel'),
    holds: 'one window by time, half-open, isolate, events',
  },
  {
    ...{ part: 'circuit breaker', library: 'opossum', what: 'all of it' },
    source: "export { default } from 'opossum'",
    holds: 'ratio over time, timeout, fallback, cache, coalescing, capacity, statistics',
  },
  {
    ...{ part: 'circuit breaker', library: 'mollitia', what: '`Circuit`, `SlidingTimeBreaker`' },
    source: importing(['Circuit', 'SlidingTimeBreaker'], 'mollitia'),
    holds: 'ratio and slow calls over the last 1,000 calls',
  },
  {
    ...{ part: 'limits', library: 'breakwater', what: '`bulkhead`', source: importing(['bulkhead']) },
    holds: 'four orders of waiting, tiers, breaches, diagnosis, and the engine as above',
  },
  {
    ...{ part: 'limits', library: 'breakwater', what: '`rateLimiter`', source: importing(['rateLimiter']) },
    holds: 'token bucket, GCRA, sliding window, keys, waiting, and the engine as above',
  },
  {
    ...{ part: 'limits', library: 'p-limit', what: '`pLimit`', source: "export { default } from 'p-limit'" },
    holds: 'a queue before so many at once',
  },
  {
    ...{ part: 'limits', library: 'bottleneck', what: 'all of it' },
    source: "export { default } from 'bottleneck'",
    holds: 'reservoir, spacing, priorities, groups, batches, and the Redis side of them',
  },
  {
    ...{ part: 'limits', library: 'rate-limiter-flexible', what: '`RateLimiterMemory`' },
    source: importing(['RateLimiterMemory'], 'rate-limiter-flexible'),
    holds: 'a fixed window for each key; with it all its stores, which a bundler cannot leave out',
  },
  {
    ...{ part: 'limits', library: 'rate-limiter-flexible', what: '`lib/RateLimiterMemory.js`' },
    source: "export { default } from 'rate-limiter-flexible/lib/RateLimiterMemory.js'",
    holds: 'the same without the stores, past its front door',
  },
  {
    ...{ part: 'all', library: 'breakwater', what: 'all policies and the pipeline' },
    source: importing(everything),
    holds: `${everything.length} names, listed in [\`budgets.ts\`](../tools/size/budgets.ts): the engine once`,
  },
  {
    ...{ part: 'all', library: 'cockatiel', what: 'all of it', source: "export * from 'cockatiel'" },
    holds: 'retry, breaker, timeout, bulkhead, fallback',
  },
  {
    ...{ part: 'all', library: 'mollitia', what: 'all of it', source: "export * from 'mollitia'" },
    holds: 'retry, breakers, timeout, bulkhead, rate limit, cache, fallback',
  },
]
