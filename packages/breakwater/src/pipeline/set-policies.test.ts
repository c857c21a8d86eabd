import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { fallback } from '../fallback/fallback.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { pipeline } from './pipeline.ts'
import type { Policy } from './policy.ts'

const down = (): Promise<never> => Promise.reject(new Error('down'))

describe('pipeline().setPolicies()', () => {
  it('holds for calls that come after it; those that run end under the policies that they began with', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [timeout({ ms: 100 })], clock })
    const before = line.tryRun(() => clock.sleep(150))

    line.setPolicies([timeout({ ms: 200 })])
    const after = line.tryRun(() => clock.sleep(150))
    await clock.advance(200)

    expect((await before).ok).toBe(false)
    expect((await after).ok).toBe(true)
  })

  it('gives the slot back that a call took before, in the bulkhead that it took it from', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: 1 })
    const line = pipeline({ policies: [slots], clock })
    const call = line.run(() => clock.sleep(100))

    line.setPolicies([retry({ maxRetries: 0 }), slots])
    const refused = await line.tryRun(() => 1)
    await clock.advance(100)
    await call

    expect(refused).toMatchObject({ ok: false, rejection: { code: 'BULKHEAD_FULL' } })
    expect(slots.active).toBe(0)
  })

  it('lets a retry that waits go on as it began', async () => {
    const clock = new FakeClock()
    const line = pipeline({
      policies: [retry({ maxRetries: 1, backoff: fixed({ delayMs: 100 }) })],
      clock,
    })
    let attempts = 0
    const call = line.tryRun(() => {
      attempts++
      return down()
    })
    await clock.advance(10)

    line.setPolicies([])
    await clock.advance(90)
    await call

    expect(attempts).toBe(2)
  })

  it('holds for functions that were wrapped before', async () => {
    const line = pipeline<readonly Policy<number>[]>({ policies: [] })
    const load = line.wrap(() => down())

    line.setPolicies([fallback(() => 7)])

    expect(await load()).toBe(7)
  })

  it('a breaker with other settings goes on where the old one was', async () => {
    const old = circuitBreaker({ name: 'db', consecutiveFailures: 1, openMs: 1_000 })
    const line = pipeline({ policies: [old] })
    await line.tryRun(down)

    const next = circuitBreaker({ name: 'db', consecutiveFailures: 5, restore: old.snapshot() })
    line.setPolicies([next])

    expect(await line.tryRun(() => 1)).toMatchObject({ rejection: { code: 'CIRCUIT_OPEN' } })
  })

  it('refuses what is no list of policies, and keeps those there are', async () => {
    const slots = bulkhead()
    const line = pipeline({ policies: [slots] })

    expect(() => line.setPolicies([retry(), 'bulkhead' as never])).toThrow(
      "'policies[1]' must be a policy: current value is bulkhead",
    )
    expect(() => line.setPolicies(undefined as never)).toThrow("'policies' must be an array")
    await line.run(() => 1)
    expect([line.policies, slots.admitted]).toEqual([[slots], 1])
  })

  it('copies and freezes the list', () => {
    const line = pipeline({ policies: [] })
    const policies = [retry()]

    line.setPolicies(policies)
    policies.pop()

    expect(line.policies).toHaveLength(1)
    expect(Object.isFrozen(line.policies)).toBe(true)
  })
})
