/** What a bundle may import and how large it may be. */
export interface SizeBudget {
  readonly title: string
  /** Names imported from `breakwater`; all of them when left out. */
  readonly names?: readonly string[]
  /** After minification and gzip, in bytes of 1,000 a kilobyte: more fails the build. */
  readonly maxGzipBytes: number
  /** What we are after; a budget above it is a debt. */
  readonly targetGzipBytes: number
}

/** What a page pays for the library: a bundler keeps only what is imported. */
export const sizeBudgets: readonly SizeBudget[] = [
  { title: 'retry alone', names: ['retry'], maxGzipBytes: 10_700, targetGzipBytes: 3_000 },
  { title: 'circuitBreaker alone', names: ['circuitBreaker'], maxGzipBytes: 15_000, targetGzipBytes: 5_000 },
  {
    title: 'all policies and pipeline',
    names: [
      'pipeline',
      'retry',
      'retryBudget',
      'exponential',
      'circuitBreaker',
      'timeout',
      'bulkhead',
      'rateLimiter',
      'concurrencyLimiter',
      'adaptiveThrottle',
      'fallback',
      'hedge',
      'cache',
      'coalescing',
      'balancer',
      'chaos',
    ],
    maxGzipBytes: 48_500,
    targetGzipBytes: 20_000,
  },
]
