import type { DemoReport, OutageFigures, PromiseFigures } from './demo-report.ts'

const maxErrorRatio = 0.001
const maxOpenMs = 100
const maxCloseMs = 5_000

/** Faults that take a service away entirely: its breaker must open. */
const isTotal = ({ kind }: OutageFigures): boolean => kind !== 'reset'

/** What Breakwater promises of a run like this, and whether it was kept. */
export function checkPromises(report: Omit<DemoReport, 'promises' | 'isKept'>): readonly PromiseFigures[] {
  const { protected: side, outages, books, hasRecovered, unpaidOrders } = report
  const total = outages.filter(isTotal)
  const opens = total.map(({ decidingFailureToOpenMs }) => decidingFailureToOpenMs)
  const closes = total.map(({ healthyToClosedMs }) => healthyToClosedMs)
  return [
    {
      title: `at most ${maxErrorRatio * 100} % of the protected users see an error`,
      isKept: side.requests > 0 && side.errors / side.requests <= maxErrorRatio,
      found: `${side.errors} of ${side.requests}`,
    },
    {
      title: `circuits open less than ${maxOpenMs} ms after the deciding failure`,
      isKept: areBelow(opens, maxOpenMs),
      found: listMs(opens),
    },
    {
      title: `circuits close less than ${maxCloseMs} ms after the service is back`,
      isKept: areBelow(closes, maxCloseMs),
      found: listMs(closes),
    },
    {
      title: 'everything recovers and every queued order is paid',
      isKept: hasRecovered,
      found: `${unpaidOrders} orders unpaid`,
    },
    {
      title: 'the hub counted exactly what the services counted',
      isKept: books.compared > 0 && books.mismatches.length === 0,
      found: `${books.mismatches.length} of ${books.compared} counters differ`,
    },
    {
      title: 'no request was dropped by the load',
      isKept: side.dropped === 0,
      found: `${side.dropped} dropped`,
    },
  ]
}

function areBelow(values: readonly (number | null)[], limit: number): boolean {
  return values.length > 0 && values.every((value) => value !== null && value < limit)
}

function listMs(values: readonly (number | null)[]): string {
  return values
    .map((value) => (value === null ? 'never' : `${value.toFixed(value < 10 ? 1 : 0)} ms`))
    .join(', ')
}
