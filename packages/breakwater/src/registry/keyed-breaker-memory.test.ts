import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { nextMacrotask } from '../clock/macrotask.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { keyedCircuitBreaker } from './keyed-circuit-breaker.ts'

const count = 50_000
const names = Array.from({ length: count }, (_, index) => `tenant-${index}`)
const work = (): Promise<number> => Promise.resolve(42)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapUsed(): number {
  collect()
  collect()
  const { heapUsed: heap, external } = process.memoryUsage()
  return heap + external
}

/** Bytes that each of `count` holds more than before, and what was made, so that it is held. */
async function bytesEach(make: () => unknown): Promise<number> {
  const before = heapUsed()
  const held = await make()
  const bytes = (heapUsed() - before) / count
  return held === undefined ? NaN : bytes
}

describe('keyedCircuitBreaker() at rest', () => {
  it('holds at most 300 bytes for each key that was called once, and sets no timers', async () => {
    const clock = new FakeClock()
    const breaker = keyedCircuitBreaker({ name: 'tenants', clock })
    await breaker.run(work, { key: 'warm' })
    const callEach = async (): Promise<unknown> => {
      for (const key of names) await breaker.run(work, { key })
      return breaker
    }

    const bytes = await bytesEach(callEach)

    expect(breaker.keys).toBe(count + 1)
    expect(bytes).toBeLessThan(300)
    expect(clock.pending()).toEqual([])
  })

  it('holds no more after its keys were used again much later than a window', async () => {
    const clock = new FakeClock()
    const breaker = keyedCircuitBreaker({ name: 'tenants', clock, idleMs: 86_400_000 })
    const callEach = async (ms: number): Promise<unknown> => {
      await clock.advance(ms)
      for (const key of names) breaker.tryAcquire(key)?.succeed()
      return breaker
    }
    const callInManySlots = async (): Promise<unknown> => {
      for (const ms of [0, 3_000, 3_000, 3_000, 60_000]) await callEach(ms)
      return breaker
    }

    expect(await bytesEach(callInManySlots)).toBeLessThan(300)
  })

  it('lets go of keys that are forgotten', async () => {
    const breaker = keyedCircuitBreaker({ maxKeys: 100, clock: new FakeClock() })
    const callEach = (): unknown => {
      for (const key of names) breaker.tryAcquire(key)?.succeed()
      return breaker
    }

    expect(await bytesEach(callEach)).toBeLessThan(30)
  })
})

describe('circuitBreaker() at rest', () => {
  it('holds at most 300 bytes each, also after it was called once', async () => {
    const makeAndCall = async (): Promise<unknown> => {
      const breakers = names.map((name) => circuitBreaker({ name }))
      for (const breaker of breakers) await breaker.run(work)
      // References are held until the job ends in which they were made or read.
      await nextMacrotask()
      return breakers
    }

    expect(await bytesEach(makeAndCall)).toBeLessThan(300)
  })
})
