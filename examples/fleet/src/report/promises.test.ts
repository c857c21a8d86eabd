import { expect, test } from 'vitest'
import type { DemoReport, SideFigures } from './demo-report.ts'
import { checkPromises } from './promises.ts'

const side: SideFigures = {
  ...{ requests: 1_000, full: 900, degraded: 99, errors: 1, dropped: 0 },
  ...{ successRatio: 0.999, p50: 5, p95: 9, p99: 20 },
}
const outage = { target: 'payments', kind: 'errors', firstFailureToOpenMs: 90 } as const
const good: Omit<DemoReport, 'promises' | 'isKept'> = {
  ...{ seconds: 60, ratePerSecond: 40, seed: 1, phases: [], unpaidOrders: 0, hasRecovered: true },
  ...{ protected: side, unprotected: side },
  outages: [{ ...outage, decidingFailureToOpenMs: 99.9, healthyToClosedMs: 4_999 }],
  books: { compared: 28, calls: 10, mismatches: [] },
}

const broken = (report: Omit<DemoReport, 'promises' | 'isKept'>): readonly string[] =>
  checkPromises(report).flatMap(({ title, isKept }) =>
    isKept ? [] : [title.split(' ').slice(0, 2).join(' ')],
  )

test('checkPromises() finds all kept at the edge of each limit', () => {
  expect(broken(good)).toEqual([])
})

test('checkPromises() finds one error too many', () => {
  expect(broken({ ...good, protected: { ...side, errors: 2 } })).toEqual(['at most'])
})

test('checkPromises() finds a circuit that opens late and one that never closes', () => {
  const outages = [{ ...outage, decidingFailureToOpenMs: 100, healthyToClosedMs: null }]

  expect(broken({ ...good, outages })).toEqual(['circuits open', 'circuits close'])
})

test('checkPromises() asks no circuit to open for connections that are reset now and then', () => {
  const reset = {
    ...({ target: 'inventory', kind: 'reset', decidingFailureToOpenMs: null } as const),
    ...{ firstFailureToOpenMs: null, healthyToClosedMs: null },
  }

  expect(broken({ ...good, outages: [...good.outages, reset] })).toEqual([])
})

test('checkPromises() takes books that were not compared for broken', () => {
  expect(broken({ ...good, books: { compared: 0, calls: 0, mismatches: [] } })).toEqual(['the hub'])
})
