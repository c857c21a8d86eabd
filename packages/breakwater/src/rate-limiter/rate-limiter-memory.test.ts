import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { RateLimiter } from './rate-limiter-api.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { RateLimiterOptions } from './rate-limiter-options.ts'

const count = 50_000
const names = Array.from({ length: count }, (_, index) => `tenant-${index}`)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapUsed(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

/** Bytes that a limiter holds for each of many keys that were called at several times of an interval. */
async function bytesPerKey(options: RateLimiterOptions, times: number): Promise<number> {
  const clock = new FakeClock()
  const limiter: RateLimiter = rateLimiter({ ...options, limit: 100, intervalMs: 1_000, clock })
  limiter.tryAcquire(1, 'warm')
  const before = heapUsed()
  for (let i = 0; i < times; i++) {
    for (const name of names) limiter.tryAcquire(1, name)
    await clock.advance(95)
  }
  const bytes = (heapUsed() - before) / count

  expect(clock.pending()).toEqual([])
  // Read after measuring, so that it is held until then.
  expect(limiter.keys).toBeGreaterThanOrEqual(count)
  return bytes
}

it('rateLimiter() holds at most 300 bytes for each key of a token bucket, and no timer', async () => {
  expect(await bytesPerKey({ algorithm: 'token-bucket' }, 10)).toBeLessThan(300)
})

it('rateLimiter() holds at most 300 bytes for each key of a sliding window that was called once', async () => {
  expect(await bytesPerKey({ algorithm: 'sliding-window' }, 1)).toBeLessThan(300)
})

it('rateLimiter() holds at most 800 bytes for each key of a sliding window that was called in every slot', async () => {
  expect(await bytesPerKey({ algorithm: 'sliding-window' }, 10)).toBeLessThan(800)
})
