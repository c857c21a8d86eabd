import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { ChaosCall } from './chaos-call.ts'
import { chaos } from './chaos.ts'
import { type ChaosSchedule, isScheduled, resolveSchedule } from './schedule.ts'
import { fault, type FaultOptions } from './faults/fault.ts'

/** Whether a call of this operation and key fails under a fault of rate 1. */
async function isHit(options: FaultOptions, operation = 'x', key?: string): Promise<boolean> {
  const policy = chaos({ isEnabled: true, faults: [fault({ rate: 1, ...options })] })
  const outcome = await pipeline({ operation, policies: [policy] }).tryRun(
    () => 1,
    key === undefined ? {} : { key },
  )
  return !outcome.ok
}

describe('a fault', () => {
  it('hits only its operations: exact names, beginnings, or what a function says', async () => {
    const operations = ['payments.*', 'users']

    expect([
      await isHit({ operations }, 'payments.charge'),
      await isHit({ operations }, 'payment'),
      await isHit({ operations }, 'users'),
      await isHit({ operations }, 'users.find'),
      await isHit({ operations: (name) => name.length > 3 }, 'cart'),
      await isHit({ operations: [] }, 'users'),
    ]).toEqual([true, false, true, false, true, false])
  })

  it('hits only its keys; a call without one has the empty key', async () => {
    const keys = ['tenant-7']

    expect([
      await isHit({ keys }, 'x', 'tenant-7'),
      await isHit({ keys }, 'x', 'tenant-8'),
      await isHit({ keys }),
      await isHit({ keys: (key) => key === '' }),
    ]).toEqual([true, false, false, true])
  })

  it('hits no more calls than maxInjections', async () => {
    const policy = chaos({ isEnabled: true, faults: [fault({ rate: 1, maxInjections: 2 })] })
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => policy.run(() => 1)))

    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ])
    expect(policy.injected).toBe(2)
  })

  it('asks a function for its rate, and takes what is no share for none or all', async () => {
    const byAttempt = ({ attempt }: ChaosCall): number => (attempt === 0 ? 1 : 0)

    expect([
      await isHit({ rate: byAttempt }),
      await isHit({ rate: () => Number.NaN }),
      await isHit({ rate: () => -1 }),
      await isHit({ rate: () => 7 }),
    ]).toEqual([true, false, false, true])
  })

  it('does not hit when a rule throws, and counts that', async () => {
    const rule = (): never => {
      throw new Error('rule')
    }
    const faults = [
      fault({ rate: rule }),
      fault({ rate: 1, keys: rule }),
      fault({ rate: 1, operations: rule }),
    ]
    const policy = chaos({ isEnabled: true, faults })

    expect(await policy.run(() => 1)).toBe(1)
    expect(policy.ruleErrors).toBe(3)
  })

  it('obeys its schedule by the wall clock', async () => {
    const clock = new FakeClock({ epochMs: Date.UTC(2026, 4, 1) })
    const schedule = { from: '2026-05-01T00:00:01Z', until: '2026-05-01T00:00:02Z' }
    const client = pipeline({
      policies: [chaos({ isEnabled: true, faults: [fault({ rate: 1, schedule })] })],
      clock,
    })
    const ok: boolean[] = []
    for (const ms of [999, 1, 999, 1]) {
      await clock.advance(ms)
      ok.push((await client.tryRun(() => 1)).ok)
    }

    expect(ok).toEqual([true, false, false, true])
  })

  it('may be given as plain fields, as from a configuration file', async () => {
    const policy = chaos({ isEnabled: true, faults: [{ type: 'fault', rate: 1, name: 'from file' }] })

    await expect(policy.run(() => 1)).rejects.toMatchObject({ fault: 'from file' })
  })
})

describe('schedule', () => {
  const at = (schedule: ChaosSchedule, ...times: readonly number[]): boolean[] =>
    times.map((time) => isScheduled(resolveSchedule(schedule), time))

  it('begins at from and ends before until', () => {
    expect(at({ from: 100, until: 200 }, 99, 100, 199, 200)).toEqual([false, true, true, false])
  })

  it('repeats the first part of each period, counted from its beginning', () => {
    const schedule = { from: 1_030, everyMs: 100, forMs: 10 }

    expect(at(schedule, 1_029, 1_030, 1_039, 1_040, 1_129, 1_130)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
    ])
  })

  it('repeats from 1970 when it has no beginning', () => {
    expect(at({ everyMs: 60_000, forMs: 1 }, 0, 1, 59_999, 60_000)).toEqual([true, false, false, true])
  })

  it('rejects what contradicts itself', () => {
    expect(() => resolveSchedule({ from: 2, until: 2 })).toThrow("'from' must be before 'until'")
    expect(() => resolveSchedule({ forMs: 2 })).toThrow("'forMs' needs 'everyMs'")
    expect(() => resolveSchedule({ everyMs: 5, forMs: 6 })).toThrow("'forMs' must be a number > 0 and <= 5")
    expect(() => resolveSchedule({ from: 'soon' })).toThrow(
      "'from' must be epoch milliseconds or an ISO 8601 date: current value is soon",
    )
  })
})

describe('chaos() options', () => {
  it('are rejected by name and value', () => {
    expect(() => chaos({ faults: undefined as never })).toThrow("'faults' must be a list of faults")
    expect(() => chaos({ faults: [], isEnabled: 'true' as never })).toThrow(
      "'isEnabled' must be a boolean, a function or a toggle: current value is true",
    )
    expect(() => chaos({ faults: [{ type: 'flood' } as never] })).toThrow(
      "'type' must be one of fault, latency, outcome, behavior: current value is flood",
    )
    expect(() => chaos({ faults: [null as never] })).toThrow('a fault must be an object')
    expect(() => fault({ rate: 1.1 })).toThrow("'rate' must be a number >= 0 and <= 1: current value is 1.1")
    expect(() => fault({ maxInjections: 0 })).toThrow("'maxInjections' must be an integer >= 1")
    expect(() => fault({ operations: 'x' as never })).toThrow(
      "'operations' must be a list of names or a function",
    )
    expect(() => fault({ rat: 1 } as never)).toThrow("'rat' is not an option of it")
  })
})
