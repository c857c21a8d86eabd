import { expect, expectTypeOf, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { seededRandom } from '../random/seeded-random.ts'
import type { Random } from '../random/random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { ChaosEvent } from './chaos-events.ts'
import type { ChaosFault } from './chaos-fault.ts'
import { chaos } from './chaos.ts'
import { behavior } from './faults/behavior.ts'
import { fault } from './faults/fault.ts'
import { latency } from './faults/latency.ts'
import { outcome } from './faults/outcome.ts'

const always = { rate: 1 } as const

/** Whether each of this many calls failed. */
async function failures(
  count: number,
  faults: ChaosFault[],
  random: Random = seededRandom(1),
): Promise<number> {
  const policy = chaos({ isEnabled: true, faults, random })
  let failed = 0
  for (let i = 0; i < count; i++) await policy.run(() => 1).catch(() => failed++)
  return failed
}

it('chaos() harms no call unless isEnabled is exactly true', async () => {
  const faults = [fault(always)]
  const off = [
    chaos({ faults }),
    chaos({ faults, isEnabled: false }),
    chaos({ faults, isEnabled: () => false }),
    chaos({ faults, isEnabled: (() => 1) as never }),
    chaos({ faults, isEnabled: { isEnabled: 'true' as never } }),
    chaos({
      faults,
      isEnabled: () => {
        throw new Error('flag service')
      },
    }),
  ]

  expect(await Promise.all(off.map((policy) => policy.run(() => 1)))).toEqual([1, 1, 1, 1, 1, 1])
  expect(off.map(({ isEnabled }) => isEnabled)).toEqual(new Array<boolean>(6).fill(false))
})

it('chaos() that is off asks neither clock nor chance, and takes no level of the way in', async () => {
  const random: Random = {
    next: () => {
      throw new Error('asked')
    },
  }
  const setup = { operation: 'x', clock: new FakeClock(), random, isIdempotent: true }
  const never = chaos({ faults: [fault(always)] })
  const toggled = chaos({ faults: [fault(always)], isEnabled: { isEnabled: false } })

  expect(never.compile(setup)).toMatchObject({ decides: false, learns: false, releases: false })
  expect(await pipeline({ policies: [toggled], random }).run(() => 1)).toBe(1)
})

it('chaos() obeys a toggle that is turned while it runs', async () => {
  const toggle = { isEnabled: false }
  const policy = chaos({ isEnabled: toggle, faults: [fault(always)] })
  expect(await policy.run(() => 1)).toBe(1)
  toggle.isEnabled = true
  await expect(policy.run(() => 1)).rejects.toMatchObject({ code: 'CHAOS_FAULT' })
  toggle.isEnabled = false

  expect(await policy.run(() => 1)).toBe(1)
  expect(policy.stats()).toEqual({
    counters: { injected: 1, ruleErrors: 0, fault: 1, latency: 0, outcome: 0, behavior: 0 },
    gauges: { isEnabled: 0 },
  })
})

it('fault() fails the call without running the work', async () => {
  let runs = 0
  const policy = chaos({ isEnabled: true, faults: [fault({ ...always, name: 'reset' })] })
  const client = pipeline({ operation: 'users', policies: [policy] })

  await expect(client.run(() => runs++)).rejects.toMatchObject({
    name: 'InjectedFaultError',
    message: "Chaos made 'users' fail: reset",
    operation: 'users',
    fault: 'reset',
  })
  expect(runs).toBe(0)
})

it('fault() throws the very error that it is given, made for the call', async () => {
  const boom = new Error('boom')
  const seen: unknown[] = []
  const error = (call: unknown): Error => {
    seen.push(call)
    return boom
  }
  const client = pipeline({
    operation: 'users',
    policies: [chaos({ isEnabled: true, faults: [fault({ ...always, error })] })],
  })

  await expect(client.run(() => 1, { key: 'tenant', args: [7] })).rejects.toBe(boom)
  await expect(client.run(() => 1)).rejects.toBe(boom)
  expect(seen).toEqual([
    { operation: 'users', attempt: 0, key: 'tenant', args: [7] },
    { operation: 'users', attempt: 0, key: '', args: [] },
  ])
})

it('fault() counts as a real failure: the breaker outside opens, the retry outside retries', async () => {
  const clock = new FakeClock()
  const breaker = circuitBreaker({ consecutiveFailures: 3, clock })
  const storm = chaos({ isEnabled: true, faults: [fault(always)] })
  const again = retry({ maxRetries: 2, backoff: fixed({ delayMs: 0 }), retryOn: () => true })
  const client = pipeline({ policies: [again, breaker, storm], clock })

  await expect(client.run(() => 1)).rejects.toMatchObject({ code: 'CHAOS_FAULT' })
  expect([breaker.state, again.retries, storm.injected]).toEqual(['open', 2, 3])
})

it('outcome() answers without running the work, with the type of its value', async () => {
  const policy = chaos({ isEnabled: true, faults: [outcome({ ...always, value: () => [0] })] })
  const client = pipeline({ policies: [policy] })
  const answer = client.run(() => 'real')

  expectTypeOf(answer).toEqualTypeOf<Promise<string | number[]>>()
  expect(await answer).toEqual([0])
  expect(await policy.run(() => 'real')).toEqual([0])
})

it('latency() holds the call up before the work, for as long as it says', async () => {
  const clock = new FakeClock()
  const startedAt: number[] = []
  const slow = chaos({ isEnabled: true, faults: [latency({ ...always, ms: 800 })] })
  const call = pipeline({ policies: [slow], clock }).run(() => startedAt.push(clock.now()))
  await clock.advance(799)
  expect(startedAt).toEqual([])
  await clock.advance(1)
  await call

  expect(startedAt).toEqual([800])
  clock.expectIdle()
})

it('latency() ends when the caller aborts: the work does not run, no timer is left', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  let runs = 0
  const slow = chaos({ isEnabled: true, faults: [latency(always)] })
  const call = pipeline({ policies: [slow], clock }).tryRun(() => runs++, { signal: controller.signal })
  await clock.advance(10)
  controller.abort('enough')

  expect(await call).toEqual({ ok: false, error: 'enough' })
  clock.expectIdle()
  await clock.advance(60_000)
  expect(runs).toBe(0)
})

it('latency() is ended by a timeout outside, also when it would hang for ever', async () => {
  const clock = new FakeClock()
  const hang = chaos({ isEnabled: true, faults: [latency({ ...always, ms: Infinity })] })
  const call = pipeline({ policies: [timeout({ ms: 100 }), hang], clock }).tryRun(() => 1)
  expect(clock.pending()).toEqual([100])
  await clock.advance(100)

  expect(await call).toMatchObject({ error: { code: 'TIMEOUT' } })
  clock.expectIdle()
})

it('latency() spreads by its jitter, draws by a function, and takes nonsense for no wait', async () => {
  const clock = new FakeClock()
  const waits: unknown[] = []
  const run = (options: object): void => {
    const random = { next: () => 0.75 }
    const policy = chaos({ isEnabled: true, faults: [latency({ ...always, ...options })], random, clock })
    policy.on((event) => waits.push(event.latencyMs))
    void policy.run(() => 1)
  }
  run({ ms: 100, jitterMs: 40 })
  run({ ms: (random: Random) => 1_000 * random.next() })
  run({ ms: () => Number.NaN })
  run({ ms: 10, jitterMs: 0 })
  await clock.advance(1_000)

  expect(waits).toEqual([120, 750, 0, 10])
})

it('behavior() runs before the work, is waited for, and what it throws fails the call', async () => {
  const clock = new FakeClock()
  const steps: string[] = []
  const policy = chaos({
    isEnabled: true,
    faults: [
      behavior({ ...always, run: () => steps.push('sync') }),
      behavior({ ...always, run: () => clock.sleep(50).then(() => steps.push('async')) }),
    ],
  })
  const client = pipeline({ policies: [policy], clock })
  const call = client.run(() => steps.push('work'))
  await clock.advance(50)
  await call
  const boom = new Error('boom')
  const broken = chaos({
    isEnabled: true,
    faults: [behavior({ ...always, run: () => Promise.reject(boom) })],
  })

  expect(steps).toEqual(['sync', 'async', 'work'])
  await expect(broken.run(() => 1)).rejects.toBe(boom)
})

it('behavior() is told by its signal that the call was given up', async () => {
  const clock = new FakeClock()
  let reason: unknown
  const wait = behavior({
    ...always,
    run: ({ signal }) =>
      clock.sleep(500, signal).catch((error: unknown) => {
        reason = error
      }),
  })
  const policies = [timeout({ ms: 100 }), chaos({ isEnabled: true, faults: [wait] })]
  const call = pipeline({ policies, clock }).tryRun(() => 1)
  await clock.advance(100)

  expect(await call).toMatchObject({ error: { code: 'TIMEOUT' } })
  expect(reason).toMatchObject({ code: 'TIMEOUT' })
  clock.expectIdle()
})

it('behavior() that aborts its own call stops what would follow', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const policy = chaos({
    isEnabled: true,
    faults: [
      latency({ ...always, ms: 10 }),
      behavior({ ...always, run: () => controller.abort('self') }),
      latency({ ...always, ms: 20 }),
    ],
  })
  const call = pipeline({ policies: [policy], clock }).tryRun(() => 1, { signal: controller.signal })
  await clock.advance(10)

  expect(await call).toEqual({ ok: false, error: 'self' })
  clock.expectIdle()
})

it('chaos() asks nothing more about a call that a rule aborts after a latency', async () => {
  using clock = new FakeClock()
  const gone = new AbortController()
  const asked: unknown[] = []
  const rule = ({ args }: { args: readonly unknown[] }): number => {
    asked.push(args[0])
    gone.abort(new Error('gone'))
    return 1
  }
  const faults = [latency({ rate: 1, ms: 10 }), fault({ rate: rule }), fault({ rate: rule })]
  const storm = chaos({ isEnabled: true, faults })
  const client = pipeline({ policies: [storm], clock })
  const call = expect(client.run(() => 'never', { args: ['mine'], signal: gone.signal })).rejects.toThrow(
    'gone',
  )
  await clock.advance(10)

  await call
  expect([asked, storm.injected]).toEqual([['mine'], 1])
})

it('faults are taken in order: latency, then the failure; what fails first ends it', async () => {
  const clock = new FakeClock()
  const events: ChaosEvent[] = []
  const policy = chaos({
    isEnabled: true,
    faults: [latency({ ...always, ms: 30 }), fault({ ...always, name: 'then' }), fault(always)],
    onEvent: (event) => events.push(event),
  })
  const call = pipeline({ operation: 'users', policies: [policy], clock }).tryRun(() => 1)
  await clock.advance(30)

  expect(await call).toMatchObject({ ok: false, error: { fault: 'then' } })
  expect(events).toStrictEqual([
    {
      type: 'FaultInjected',
      policy: 'chaos',
      operation: 'users',
      attempt: 0,
      fault: 'latency',
      kind: 'latency',
      latencyMs: 30,
    },
    { type: 'FaultInjected', policy: 'chaos', operation: 'users', attempt: 0, fault: 'then', kind: 'fault' },
  ])
})

it('a fault hits the share of calls that its rate says', async () => {
  const tenth = await failures(10_000, [fault({ rate: 0.1 })])
  const byDefault = await failures(20_000, [fault()], seededRandom(4))

  expect(tenth).toBeGreaterThan(900)
  expect(tenth).toBeLessThan(1_100)
  expect(byDefault).toBeGreaterThan(5)
  expect(byDefault).toBeLessThan(45)
})

it('a rate of 0 never hits and one of 1 always does, whatever chance says', async () => {
  expect(await failures(10, [fault({ rate: 0 })], { next: () => 0 })).toBe(0)
  expect(await failures(10, [fault({ rate: 1 })], { next: () => 1 - 2 ** -53 })).toBe(10)
})
