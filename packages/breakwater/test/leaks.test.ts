import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  adaptiveThrottle,
  balancer,
  bulkhead,
  cache,
  type CallContext,
  chaos,
  circuitBreaker,
  coalescing,
  concurrencyLimiter,
  fallback,
  fixed,
  hedge,
  keyedCircuitBreaker,
  latency,
  pipeline,
  type Policy,
  rateLimiter,
  retry,
  timeout,
} from '../src/index.ts'
import { nextMacrotask } from '../src/clock/macrotask.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'

const broken = new Error('down')
const gone = new Error('the caller has gone')

/** Every kind of policy, so that a call of 100 ms spends some time in it. */
const kinds: Readonly<Record<string, (clock: FakeClock) => Policy<unknown>>> = {
  'timeout of an attempt': () => timeout({ ms: 80 }),
  'timeout of all': () => timeout({ totalMs: 80 }),
  retry: () => retry({ maxRetries: 2, backoff: fixed({ delayMs: 50 }) }),
  'circuit breaker': (clock) => circuitBreaker({ clock, consecutiveFailures: 2, openMs: 20 }),
  'keyed circuit breaker': (clock) => keyedCircuitBreaker({ clock, consecutiveFailures: 2, openMs: 20 }),
  bulkhead: () => bulkhead({ limit: 1, queue: 1, maxWaitMs: 70 }),
  'rate limiter': (clock) => rateLimiter({ clock, limit: 1, intervalMs: 150, queue: 1 }),
  'concurrency limiter': (clock) => concurrencyLimiter({ clock, initialLimit: 1, queue: 1, maxWaitMs: 70 }),
  'adaptive throttle': (clock) => adaptiveThrottle({ clock }),
  hedge: () => hedge({ delay: 30, maxHedges: 2 }),
  fallback: (clock) => fallback(() => clock.sleep(60)),
  cache: () => cache({ ttlMs: 10, staleWhileRevalidateMs: 1_000 }),
  coalescing: () => coalescing(),
  balancer: (clock) => balancer({ clock, endpoints: ['a', 'b'] }),
  chaos: () => chaos({ isEnabled: true, faults: [latency({ rate: 1, ms: 40 })] }),
}

const works: Readonly<Record<string, (context: CallContext, clock: FakeClock) => unknown>> = {
  'work that answers': (_, clock) => clock.sleep(100),
  'work that fails': (_, clock) => clock.sleep(100).then(() => Promise.reject(broken)),
  'work that fails at once': () => Promise.reject(broken),
  'work that obeys its signal': ({ signal }, clock) => clock.sleep(100, signal),
}

const cases = Object.entries(kinds).flatMap(([kind, make]) =>
  Object.entries(works).map(([name, work]) => ({ kind, name, make, work })),
)

describe('after all calls have ended', () => {
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  beforeEach(() => void process.on('unhandledRejection', note))
  afterEach(() => void process.off('unhandledRejection', note))

  it.each(cases)(
    '$kind has no timer, no listener and no rejection left behind: $name',
    async ({ make, work }) => {
      const clock = new FakeClock()
      const line = pipeline({ policies: [make(clock)], clock })
      const callers = Array.from({ length: 6 }, () => new AbortController())
      const open = new Set<unknown>()
      /** Counts a call, or a run of the work, until it has ended. */
      const track = async <T>(promise: Promise<T>): Promise<T> => {
        open.add(promise)
        return promise.finally(() => open.delete(promise))
      }
      const run = (context: CallContext): unknown => track(Promise.resolve(work(context, clock)))
      const call = ({ signal }: AbortController): unknown => track(line.tryRun(run, { signal, key: 'one' }))

      callers.slice(0, 4).forEach(call)
      await clock.advance(45)
      callers[1]?.abort(gone)
      callers[3]?.abort(gone)
      await clock.advance(200)
      callers.slice(4).forEach(call)
      callers[4]?.abort(gone)
      for (let ms = 0; open.size > 0 && ms < 1_000; ms++) await clock.advance(1)
      await nextMacrotask()

      expect(callers.map(({ signal }) => getEventListeners(signal, 'abort').length)).toEqual([
        0, 0, 0, 0, 0, 0,
      ])
      expect(clock.pending()).toEqual([])
      expect(unhandled).toEqual([])
      expect(open.size).toBe(0)
    },
  )
})
