import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { BreakerSnapshot } from './breaker-snapshot.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const broken = new Error('broken')
const options = { consecutiveFailures: 1, openMs: 1_000, jitter: 0 }

/** The snapshot of a breaker that has been open for 400 of 1,000 ms. */
async function openSnapshot(): Promise<BreakerSnapshot> {
  const clock = new FakeClock({ epochMs: 1_000_000 })
  const breaker = circuitBreaker({ ...options, clock })
  breaker.tryAcquire()?.fail(broken)
  await clock.advance(400)
  return breaker.snapshot()
}

async function restored(
  restore: BreakerSnapshot,
  epochMs: number,
): Promise<{ breaker: CircuitBreaker; clock: FakeClock }> {
  const clock = new FakeClock({ epochMs })
  await clock.advance(7)
  clock.stepWallClock(-7)
  return { breaker: circuitBreaker({ ...options, clock, restore }), clock }
}

describe('circuitBreaker().snapshot()', () => {
  it('says in plain data how an open circuit stands', async () => {
    expect(await openSnapshot()).toEqual({
      version: 1,
      at: 1_000_400,
      state: 'open',
      since: 1_000_000,
      reason: 'a call failed',
      retryAt: 1_001_000,
      openings: 1,
      override: 'automatic',
      overrideReason: '',
      isolated: null,
      evidence: [],
    })
  })
})

describe('circuitBreaker({ restore })', () => {
  it.each([
    [0, 600],
    [100, 500],
    [599, 1],
    [600, 0],
    [10_000, 0],
    [-3_600_000, 600],
  ])(
    '%i ms of wall clock later %i ms of the open time are left: a stepped clock takes none',
    async (later, left) => {
      const snapshot = await openSnapshot()

      const { breaker } = await restored(snapshot, snapshot.at + later)

      expect(breaker.diagnose().nextTrialInMs).toBe(left)
    },
  )

  it.each([
    [1e15, 60_000],
    [Number.MAX_SAFE_INTEGER, 60_000],
  ])('a next trial at %d is held to the longest open time', async (retryAt, left) => {
    const snapshot = { ...(await openSnapshot()), retryAt }

    const { breaker } = await restored(snapshot, snapshot.at)

    expect(breaker.diagnose().nextTrialInMs).toBe(left)
  })

  it('says since when it is open, and closes with the whole time', async () => {
    const snapshot = await openSnapshot()
    const { breaker, clock } = await restored(snapshot, snapshot.at + 100)
    const events: unknown[] = []
    breaker.on((event) => events.push(event))
    const { since, reason } = breaker.facts()
    await clock.advance(500)

    breaker.tryAcquire()?.succeed()

    expect([since, reason]).toEqual([1_000_000, 'a call failed'])
    expect(events).toContainEqual({ type: 'CircuitClosed', policy: 'circuit-breaker', afterMs: 1_000 })
  })

  it('a half-open circuit tries at the next call', async () => {
    const snapshot = { ...(await openSnapshot()), state: 'half-open' as const }

    const { breaker } = await restored(snapshot, snapshot.at)

    expect(breaker.facts()).toMatchObject({ state: 'half-open', reason: 'a call failed' })
    expect(breaker.tryAcquire()).toBeDefined()
  })

  it('a circuit whose next trial is not known tries at the next call', async () => {
    const snapshot = { ...(await openSnapshot()), retryAt: null }

    const { breaker } = await restored(snapshot, snapshot.at)

    expect(breaker.state).toBe('half-open')
  })

  it.each([
    [0, 2_000],
    [1.9, 2_000],
    [2.9, 4_000],
    [1e9, 60_000],
  ])('with %d openings before the next is for %i ms', async (openings, openMs) => {
    const snapshot = { ...(await openSnapshot()), openings }
    const { breaker, clock } = await restored(snapshot, snapshot.at)
    await clock.advance(600)

    breaker.tryAcquire()?.fail(broken)

    expect(breaker.diagnose().nextTrialInMs).toBe(openMs)
  })

  it('an unhealthy dependency puts the trial off by what was left, up to the longest open time', async () => {
    const snapshot = await openSnapshot()
    const { breaker, clock } = await restored(snapshot, snapshot.at)
    await clock.advance(500)

    breaker.dependencyUnhealthy()

    expect(breaker.diagnose().nextTrialInMs).toBe(600)
  })

  it('a closed circuit is closed since it was', async () => {
    const { breaker } = await restored(
      { ...(await openSnapshot()), state: 'closed', since: 1_000_300 },
      1_000_500,
    )

    expect(breaker.facts()).toMatchObject({ state: 'closed', since: 1_000_300 })
  })

  it.each([
    ['x'.repeat(500), 'x'.repeat(500)],
    ['x'.repeat(501), 'x'.repeat(500)],
    [7, 'unknown'],
  ])('takes a reason of at most 500 characters', async (reason, expected) => {
    const snapshot = { ...(await openSnapshot()), reason: reason as string }

    const { breaker } = await restored(snapshot, snapshot.at)

    expect(breaker.facts().reason).toBe(expected)
  })

  it.each([[undefined], [null]])('is not isolated when it says %s', async (isolated) => {
    const snapshot = { ...(await openSnapshot()), isolated: isolated as null }

    const { breaker } = await restored(snapshot, snapshot.at)

    expect([breaker.isolation, breaker.override]).toEqual([undefined, 'automatic'])
  })

  it('keeps the reason of an override and of a hold', () => {
    const before = circuitBreaker({ ...options, clock: new FakeClock() })
    before.setOverride('forced-open', 'maintenance')
    before.isolate('migration')
    const restore = before.snapshot()

    const breaker = circuitBreaker({ ...options, clock: new FakeClock(), restore })
    const isolated = breaker.diagnose().because
    breaker.isolation?.release()

    expect(restore).toMatchObject({
      ...{ override: 'forced-open', overrideReason: 'maintenance', isolated: 'migration' },
    })
    expect([isolated, breaker.diagnose().because]).toEqual([
      'forced-open by hand: migration',
      'forced-open by hand: maintenance',
    ])
  })

  it('goes on doubling where it was', async () => {
    const snapshot = await openSnapshot()
    const { breaker, clock } = await restored(snapshot, snapshot.at)
    await clock.advance(600)

    breaker.tryAcquire()?.fail(broken)

    expect(breaker.diagnose().nextTrialInMs).toBe(2_000)
  })

  it('an override holds until it is given back', async () => {
    const snapshot = {
      ...(await openSnapshot()),
      override: 'forced-closed' as const,
      overrideReason: 'drill',
    }
    const { breaker } = await restored(snapshot, snapshot.at)
    const admitted = breaker.tryAcquire()

    breaker.setOverride('automatic')

    expect([admitted === undefined, breaker.override, breaker.tryAcquire()]).toEqual([
      false,
      'automatic',
      undefined,
    ])
  })

  it('announces nothing', async () => {
    const events: unknown[] = []
    const restore = { ...(await openSnapshot()), override: 'forced-open' as const, isolated: 'drill' }

    circuitBreaker({ ...options, clock: new FakeClock(), restore, onEvent: (event) => events.push(event) })

    expect(events).toEqual([])
  })

  it('D10: an isolated breaker that is hydrated has a handle that releases it', () => {
    const before = circuitBreaker({ ...options, clock: new FakeClock() })
    before.isolate('migration')
    const restore = JSON.parse(JSON.stringify(before.snapshot()))
    const breaker = circuitBreaker({ ...options, clock: new FakeClock(), restore })
    const refused = breaker.tryAcquire()

    breaker.isolation?.release()

    expect([refused, breaker.override]).toEqual([undefined, 'automatic'])
    expect(breaker.tryAcquire()).toBeDefined()
  })

  it.each([
    ['nothing', null, 'it is no object'],
    ['a text', 'open', 'it is no object'],
    ['another version', { version: 2 }, 'its version is 2'],
    ['a time that is none', { version: 1, at: NaN, since: 0, openings: 0 }, 'a time or count is no number'],
    ['a negative time', { version: 1, at: 0, since: -1, openings: 0 }, 'a time or count is no number'],
    ['an endless count', { version: 1, at: 0, since: 0, openings: 1 / 0 }, 'a time or count is no number'],
    ['a count that is text', { version: 1, at: 0, since: 0, openings: '1' }, 'a time or count is no number'],
    ['an unknown state', { version: 1, at: 0, since: 0, openings: 0, state: 'ajar' }, 'its state is ajar'],
    [
      'an unknown override',
      { version: 1, at: 0, since: 0, openings: 0, state: 'open', override: 'x' },
      'its override is x',
    ],
  ])('refuses %s', (_, restore, because) => {
    expect(() => circuitBreaker({ restore: restore as unknown as BreakerSnapshot })).toThrow(
      `Cannot restore circuit breaker as its snapshot cannot be read: ${because}`,
    )
  })

  it.each([[[-1, 5, 5, 0]], [[0, 5, 6, 0]], [[0, 5, 0, 9]], [[10, 5, 5, 0]], [[0, 5, 5]]])(
    'leaves out evidence that makes no sense: %j',
    async (evidence) => {
      const snapshot = { ...(await openSnapshot()), state: 'closed' as const, evidence }

      const breaker = circuitBreaker({ clock: new FakeClock({ epochMs: snapshot.at }), restore: snapshot })

      expect(breaker.facts().windowCalls).toBe(0)
    },
  )

  it('a restored circuit that is closed stays so until a call fails', async () => {
    const snapshot = { ...(await openSnapshot()), state: 'closed' as const, evidence: [50] }
    const clock = new FakeClock({ epochMs: snapshot.at })
    const breaker = circuitBreaker({ consecutiveFailures: 3, clock, restore: snapshot })
    const before = breaker.state

    breaker.tryAcquire()?.fail(broken)

    expect([before, breaker.state]).toEqual(['closed', 'open'])
  })
})
