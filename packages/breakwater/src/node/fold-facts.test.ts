import { describe, expect, it } from 'vitest'
import type { EventFacts, FaultExemplar, FaultFacts, PolicyFacts } from '../protocol/index.ts'
import { operationFacts } from '../../test/node-fixtures/fake-source.ts'
import { foldFacts, nothingDropped } from './fold-facts.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'

const empty: CollectedFacts = {
  from: 0,
  to: 0,
  operations: [],
  policies: [],
  faults: [],
  events: [],
  dropped: nothingDropped,
}

describe('foldFacts()', () => {
  it('adds counters and latency, keeps the later gauge and the whole interval', () => {
    const early = {
      ...operationFacts('pay', 2),
      inFlight: 5,
      latency: { sumMs: 3, maxMs: 2, buckets: [1, 2] },
    }
    const late = {
      ...operationFacts('pay', 3),
      inFlight: 1,
      latency: { sumMs: 4, maxMs: 9, buckets: [1, 1, 7, 2] },
    }

    const folded = foldFacts(
      { ...empty, from: 1, to: 2, operations: [early] },
      { ...empty, from: 2, to: 3, operations: [late, operationFacts('ship', 1)] },
    )

    expect([folded.from, folded.to]).toEqual([1, 3])
    expect(folded.operations[0]).toMatchObject({ calls: 5, successes: 5, attempts: 5, inFlight: 1 })
    expect(folded.operations[0]?.latency).toEqual({ sumMs: 7, maxMs: 9, buckets: [1, 3, 7, 2] })
    expect(folded.operations.map(({ operation }) => operation)).toEqual(['pay', 'ship'])
  })

  it('adds the counters of a policy and tells policies of different kinds apart', () => {
    const policy = (kind: PolicyFacts['kind'], rejected: number, active: number): PolicyFacts => ({
      kind,
      name: 'x',
      counters: { rejected },
      gauges: { active },
    })

    const folded = foldFacts(
      { ...empty, policies: [policy('bulkhead', 1, 9)] },
      { ...empty, policies: [policy('bulkhead', 2, 4), policy('retry', 5, 0)] },
    )

    expect(folded.policies).toEqual([policy('bulkhead', 3, 4), policy('retry', 5, 0)])
  })

  it('adds faults, keeps the first examples, and a crash before all', () => {
    const folded = foldFacts(
      { ...empty, faults: [fault(2, [exemplar('a'), exemplar('b')])] },
      {
        ...empty,
        faults: [{ ...fault(3, [exemplar('c', true)]), firstAt: 5, lastAt: 9, severity: 'fatal' }],
      },
      2,
    )

    expect(folded.faults[0]).toMatchObject({
      count: 5,
      operations: { pay: 5 },
      firstAt: 1,
      lastAt: 9,
      severity: 'fatal',
    })
    expect(folded.faults[0]?.exemplars.map(({ id }) => id)).toEqual(['c', 'a'])
  })

  it('keeps the newest 1,000 events and counts the others as dropped', () => {
    const events = (from: number, count: number): EventFacts[] =>
      Array.from({ length: count }, (_, i) => ({ type: 'CircuitOpened', at: from + i, message: '' }))

    const folded = foldFacts({ ...empty, events: events(0, 700) }, { ...empty, events: events(700, 301) })

    expect(folded.events.length).toBe(1_000)
    expect(folded.events[0]?.at).toBe(1)
    expect(folded.dropped.events).toBe(1)
  })
})

function fault(count: number, exemplars: readonly FaultExemplar[]): FaultFacts {
  return {
    fingerprint: '0123456789abcdef',
    groupedBy: 'type',
    name: 'Error',
    message: '',
    culprit: '',
    category: 'technical/system',
    severity: 'high',
    retryability: 'retryable',
    count,
    operations: { pay: count },
    firstAt: 1,
    lastAt: 2,
    exemplars,
  }
}

function exemplar(id: string, crash = false): FaultExemplar {
  return { id, at: 1, error: { name: 'Error', message: '' }, ...(crash && { crash }) }
}
