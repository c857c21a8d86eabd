import { describe, expect, it } from 'vitest'
import { type FaultFacts, reportLimits } from '../protocol/index.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'
import { fitFacts } from './fit-facts.ts'
import { operationFacts } from '../../test/node-fixtures/fake-source.ts'
import { nothingDropped } from './fold-facts.ts'

const empty: CollectedFacts = {
  from: 0,
  to: 1,
  operations: [],
  policies: [],
  faults: [],
  events: [],
  dropped: nothingDropped,
}

describe('fitFacts()', () => {
  it('leaves facts that fit as they are', () => {
    const facts = { ...empty, operations: [operationFacts('pay', 1)] }

    expect(fitFacts(facts)).toEqual([JSON.stringify(facts)])
  })

  it('gives examples up before it parts a report', () => {
    const faults = Array.from({ length: 40 }, (_, i) => fault(i, 5, 10_000))

    const texts = fitFacts({ ...empty, faults })

    expect(texts.length).toBe(1)
    expect(
      parse(texts)
        .flatMap((facts) => facts.faults)
        .map(({ exemplars }) => exemplars.length),
    ).toEqual(faults.map(() => 2))
  })

  it('parts 1,001 operations and loses none, and says once what was dropped', () => {
    const operations = Array.from({ length: 1_001 }, (_, i) => operationFacts(`o${String(i)}`, 1))

    const parts = parse(fitFacts({ ...empty, operations, dropped: { ...nothingDropped, events: 3 } }))

    expect(parts.map((facts) => facts.operations.length)).toEqual([500, 501])
    expect(parts.map(({ dropped }) => dropped.events)).toEqual([3, 0])
  })

  it('counts bytes, not characters', () => {
    const faults = [fault(1, 1, 600_000, 'ä')]

    const texts = fitFacts({ ...empty, faults })

    expect(texts.map((text) => Buffer.byteLength(text) < reportLimits.bodyBytes)).toEqual([true])
  })

  it('counts a single fact that fits into no report as a dropped report', () => {
    const events = [{ type: 'CircuitOpened' as const, at: 0, message: 'x'.repeat(2_000_000) }]

    const [facts] = parse(fitFacts({ ...empty, events }))

    expect(facts).toEqual({ ...empty, dropped: { ...nothingDropped, reports: 1, events: 1 } })
  })

  it('drops the fault groups and the oldest events beyond the limits, and counts them', () => {
    const faults = Array.from({ length: 502 }, (_, i) => fault(i, 0, 0))
    const events = Array.from({ length: 1_003 }, (_, at) => ({
      type: 'CircuitOpened' as const,
      at,
      message: '',
    }))

    const [facts] = parse(fitFacts({ ...empty, faults, events }))

    expect(facts?.faults.length).toBe(500)
    expect(facts?.events[0]?.at).toBe(3)
    expect(facts?.dropped).toEqual({ ...nothingDropped, events: 3, faultGroups: 2, faultCounts: 4 })
  })
})

function fault(i: number, exemplars: number, length: number, character = 'x'): FaultFacts {
  return {
    fingerprint: i.toString(16).padStart(16, '0'),
    groupedBy: 'type',
    name: 'Error',
    message: '',
    culprit: '',
    category: 'technical/system',
    severity: 'high',
    retryability: 'retryable',
    count: 2,
    operations: { '': 2 },
    firstAt: 0,
    lastAt: 0,
    exemplars: Array.from({ length: exemplars }, (_, n) => ({
      id: String(n),
      at: 0,
      error: { name: 'Error', message: character.repeat(length) },
    })),
  }
}

function parse(texts: readonly string[]): readonly CollectedFacts[] {
  return texts.map((text) => JSON.parse(text) as CollectedFacts)
}
