import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import type { BreakerSnapshot } from './breaker-snapshot.ts'
import type { CircuitBreaker } from './circuit-breaker-api.ts'
import { circuitBreaker } from './circuit-breaker.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'

const epochMs = 1_000_000

function record(breaker: CircuitBreaker, outcomes: string): void {
  for (const outcome of outcomes) {
    if (outcome === 'f') breaker.recordFailure(new Error('broken'))
    if (outcome === 's') breaker.recordSuccess()
    if (outcome === 'l') breaker.recordSuccess(100)
    if (outcome === 'x') breaker.recordFailure(new Error('broken'), 100)
  }
}

/** A closed breaker's snapshot with evidence that anybody may have written. */
function closedSnapshot(evidence: readonly unknown[]): BreakerSnapshot {
  const { state, ...rest } = circuitBreaker({ clock: new FakeClock({ epochMs }) }).snapshot()
  return { ...rest, state, evidence: evidence as number[] }
}

function windowOf(
  options: CircuitBreakerOptions,
  evidence: readonly unknown[],
  laterMs = 0,
): readonly number[] {
  const clock = new FakeClock({ epochMs: epochMs + laterMs })
  const breaker = circuitBreaker({ ...options, clock, restore: closedSnapshot(evidence) })
  const { windowCalls, windowFailures } = breaker.facts()
  return [windowCalls, windowFailures]
}

describe('circuitBreaker().snapshot() of a window of time', () => {
  const options = { failureRatio: 1, windowMs: 10_000, slowCallMs: 100, slowCallRatio: 1 }

  it('holds what each slot holds: how many slots ago, calls, failures, slow calls', async () => {
    const clock = new FakeClock({ epochMs })
    const breaker = circuitBreaker({ ...options, clock })
    record(breaker, 'ssf')
    await clock.advance(3_000)
    record(breaker, 'slx')

    const now = breaker.snapshot().evidence
    await clock.advance(6_999)
    const later = breaker.snapshot().evidence
    await clock.advance(1)

    expect(now).toEqual([...[0, 3, 1, 2], ...[3, 3, 1, 0]])
    expect(later).toEqual([...[6, 3, 1, 2], ...[9, 3, 1, 0]])
    expect(breaker.snapshot().evidence).toEqual([7, 3, 1, 2])
  })

  it.each([
    [0, [7, 3]],
    [999, [7, 3]],
    [1_000, [3, 1]],
    [9_999, [3, 1]],
    [10_000, [0, 0]],
  ])('after %i ms it holds what is not too old by then: %j', (laterMs, expected) => {
    const evidence = [...[0, 3, 1, 0], ...[9, 4, 2, 0]]

    expect(windowOf(options, evidence, laterMs)).toEqual(expected)
  })

  it('a restored window forgets slot by slot, as the one before would have', async () => {
    const clock = new FakeClock({ epochMs })
    const evidence = [...[0, 3, 1, 0], ...[3, 2, 0, 0], ...[8, 4, 2, 1]]
    const breaker = circuitBreaker({ ...options, clock, restore: closedSnapshot(evidence) })
    const held: number[] = []
    for (const ms of [1_999, 1, 4_999, 1, 2_999, 1]) {
      await clock.advance(ms)
      held.push(breaker.facts().windowCalls)
    }

    expect(held).toEqual([9, 5, 5, 3, 3, 0])
  })

  it.each([
    [
      [0, 5, 5, 5],
      [5, 5],
    ],
    [
      [0, 0, 0, 0],
      [0, 0],
    ],
    [
      [0, 5, 6, 0],
      [0, 0],
    ],
    [
      [0, 5, 5, 6],
      [0, 0],
    ],
    [
      [9, 5, 0, 0],
      [5, 0],
    ],
    [
      [10, 5, 0, 0],
      [0, 0],
    ],
    [
      [0, 5, 5],
      [0, 0],
    ],
    [
      [0, 5, 5, 0, 1, 5, 5],
      [5, 5],
    ],
    [
      ['0', 5, 5, 0, 0, 1, 1, 0],
      [0, 0],
    ],
  ])('restores %j, as far as it makes sense, as %j calls and failures', (evidence, expected) => {
    expect(windowOf(options, evidence)).toEqual(expected)
  })
})

describe('circuitBreaker().snapshot() of a window of calls', () => {
  const options = { failureRatio: 1, windowCalls: 4, slowCallMs: 100, slowCallRatio: 1 }

  it.each([
    ['', []],
    ['sfl', [0, 1, 2]],
    ['sflx', [0, 1, 2, 3]],
    ['sflxs', [1, 2, 3, 0]],
    ['ffssfl', [0, 0, 1, 2]],
  ])('holds the last calls, oldest first: after %s %j', (outcomes, evidence) => {
    const breaker = circuitBreaker({ ...options, clock: new FakeClock() })

    record(breaker, outcomes)

    expect(breaker.snapshot().evidence).toEqual(evidence)
  })

  it('is restored as it was, however often the ring went round', () => {
    const ring = { ...options, windowCalls: 40 }
    const before = circuitBreaker({ ...ring, clock: new FakeClock() })
    record(before, 'sflxs'.repeat(15))
    const restore = before.snapshot()

    const breaker = circuitBreaker({ ...ring, clock: new FakeClock(), restore })

    expect(restore.evidence).toEqual(Array.from({ length: 40 }, (_, i) => [0, 1, 2, 3, 0][i % 5]))
    expect(breaker.snapshot().evidence).toEqual(restore.evidence)
    expect(breaker.facts()).toMatchObject({
      ...{ windowCalls: 40, windowFailures: 16, reason: '16 of 40 calls failed, 16 were slow' },
    })
  })

  it.each([
    [
      [0, 1, 1, 0, 1],
      [4, 3],
    ],
    [
      [1, 4, 0],
      [2, 1],
    ],
    [
      [1, -1],
      [0, 0],
    ],
    [
      [1, 'f'],
      [0, 0],
    ],
    [
      [3, 2],
      [2, 1],
    ],
  ])('restores %j, the last four that make sense, as %j calls and failures', (evidence, expected) => {
    expect(windowOf(options, evidence)).toEqual(expected)
  })
})

describe('circuitBreaker().snapshot() of failures in a row', () => {
  const options = { consecutiveFailures: 3 }

  it('holds how many there were', () => {
    const breaker = circuitBreaker({ ...options, clock: new FakeClock() })

    record(breaker, 'fsff')

    expect(breaker.snapshot().evidence).toEqual([2])
  })

  it.each([
    [[], [0, 0]],
    [[0], [0, 0]],
    [[1.5], [0, 0]],
    [[2], [2, 2]],
    [[3], [2, 2]],
  ])('restores %j as %j calls and failures, and stays closed', (evidence, expected) => {
    expect(windowOf(options, evidence)).toEqual(expected)
  })
})
