import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'

const create = (options: unknown) => () => bulkhead(options as BulkheadOptions)

/** So many tiers of the same share. */
function tiersOf(count: number, share: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`tier ${i}`, share]))
}

describe('bulkhead() options', () => {
  const million = 'must be an integer >= 0 and <= 1000000'

  it.each([
    [{ limit: 0 }, "'limit' must be an integer >= 1 and <= 1000000: current value is 0"],
    [{ limit: 1_000_001 }, "'limit' must be an integer >= 1 and <= 1000000: current value is 1000001"],
    [{ limit: 2.5 }, "'limit' must be an integer >= 1 and <= 1000000: current value is 2.5"],
    [{ queue: -1 }, `'queue' ${million}: current value is -1`],
    [{ queue: 1_000_001 }, `'queue' ${million}: current value is 1000001`],
    [{ queue: 0.5 }, `'queue' ${million}: current value is 0.5`],
    [{ targetMs: 0 }, "'targetMs' must be a number > 0: current value is 0"],
    [{ intervalMs: 0 }, "'intervalMs' must be a number > 0: current value is 0"],
    [{ maxOvertakes: -1 }, `'maxOvertakes' ${million}: current value is -1`],
    [{ maxOvertakes: 1_000_001 }, `'maxOvertakes' ${million}: current value is 1000001`],
    [{ maxOvertakes: 1.5 }, `'maxOvertakes' ${million}: current value is 1.5`],
    [{ maxWaitMs: 0 }, "'maxWaitMs' must be a number > 0: current value is 0"],
    [{ order: 'random' }, "'order' must be one of fifo, lifo, codel, criticality: current value is 'random'"],
    [{ tierOf: 'key' }, "'tierOf' must be a function: current value is 'key'"],
    [{ onEvent: 'log' }, "'onEvent' must be a function: current value is 'log'"],
    [{ clock: {} }, "'clock.now' must be a function: current value is undefined"],
    [{ clock: { now: () => 0 } }, "'clock.deadlines' must be a function: current value is undefined"],
    [{ size: 3 }, "'size' is not an option of it: the options are limit, queue, order"],
  ])('refuses %o by name and value', (options, message) => {
    expect(create(options)).toThrow(`Cannot create bulkhead as ${message}`)
  })

  it.each([
    { limit: 1, queue: 0, maxOvertakes: 0, targetMs: 0.1, intervalMs: 0.1, maxWaitMs: 0.1 },
    { limit: 1_000_000, queue: 1_000_000, maxOvertakes: 1_000_000, maxWaitMs: Infinity },
  ])('takes the ends of what is allowed: %o', ({ limit, queue, ...others }) => {
    const slots = bulkhead({ limit, queue, ...others })

    expect([slots.limit, slots.queueLimit]).toEqual([limit, queue])
  })

  it('has ten slots, no queue, and is called after its kind, by default', () => {
    const { kind, name, limit, queueLimit, tiers } = bulkhead()

    expect({ kind, name, limit, queueLimit, tiers }).toEqual({
      ...{ kind: 'bulkhead', name: 'bulkhead', limit: 10, queueLimit: 0, tiers: [] },
    })
  })
})

describe('bulkhead({ tiers }) options', () => {
  it.each([
    [{ tiers: 'all', queue: 1 }, "bulkhead as 'tiers' must be an object"],
    [{ tiers: null, queue: 1 }, "bulkhead as 'tiers' must be an object"],
    [{ tiers: {}, queue: 1 }, "bulkhead as 'tiers' must be 1 to 16: current number is 0"],
    [{ tiers: tiersOf(17, 0.05), queue: 1 }, "bulkhead as 'tiers' must be 1 to 16: current number is 17"],
    [
      { tiers: { a: 0 }, queue: 1 },
      "bulkhead tiers as 'a' must be a number > 0 and <= 1: current value is 0",
    ],
    [
      { tiers: { a: 1.1 }, queue: 1 },
      "bulkhead tiers as 'a' must be a number > 0 and <= 1: current value is 1.1",
    ],
    [
      { tiers: { a: 0.6, b: 0.5 }, queue: 1 },
      "bulkhead as the shares of 'tiers' must be at most 1 together: current sum is 1.1",
    ],
    [{ tiers: { a: 1 } }, "bulkhead as 'tiers' need a queue >= 1 in which a tier waits for what it lent"],
  ])('refuses %o by name and value', (options, message) => {
    expect(create(options)).toThrow(`Cannot create ${message}`)
  })

  it.each([
    ['one tier of all', { all: 1 }],
    ['sixteen', tiersOf(16, 1 / 16)],
    ['ten of a tenth, whose sum is not quite 1', tiersOf(10, 0.1)],
  ])('takes %s', (_, tiers) => {
    const slots = bulkhead({ tiers, queue: 1 })

    expect(slots.tiers.map(({ name, share }) => [name, share])).toEqual(Object.entries(tiers))
  })
})

describe('bulkhead({ breach }) options', () => {
  it.each([
    [{ abandonedShare: 0 }, "'abandonedShare' must be a number > 0 and <= 1: current value is 0"],
    [{ abandonedShare: 1.1 }, "'abandonedShare' must be a number > 0 and <= 1: current value is 1.1"],
    [{ maxHoldMs: 0 }, "'maxHoldMs' must be a number > 0: current value is 0"],
    [
      { mitigation: 'hope' },
      "'mitigation' must be 'none', 'shed-low' or 'lower-limit': current value is 'hope'",
    ],
    [{ onEvent: 1 }, "'onEvent' must be a function: current value is 1"],
    [{ share: 1 }, "'share' is not an option of it: the options are abandonedShare, maxHoldMs, mitigation"],
  ])('refuses %o by name and value', (breach, message) => {
    expect(create({ breach })).toThrow(`Cannot create bulkhead breach as ${message}`)
  })

  it('leaves what is given as undefined to its default', async () => {
    const clock = new FakeClock()
    const slots = bulkhead({ limit: undefined, clock, breach: { maxHoldMs: undefined } } as object)
    slots.tryAcquire()

    await clock.advance(1e9)

    expect([slots.limit, slots.detectBreach()]).toEqual([10, undefined])
  })
})
