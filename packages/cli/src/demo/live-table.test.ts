import type { LabSide } from 'breakwater/protocol'
import { expect, test } from 'vitest'
import { capturedIo } from '../../test/captured-io.ts'
import type { DemoProgress } from './fleet-module.ts'
import { formatProgressTable, liveTable } from './live-table.ts'

const side = (name: LabSide['name'], errors: number): LabSide => ({
  ...{ name, requests: 100, full: 100 - errors, degraded: 0, errors, dropped: 0 },
  seconds: [{ at: 0, requests: 40, full: 30, degraded: 0, errors: 10, p50: 4, p95: 12.4, p99: 20 }],
})

const progress: DemoProgress = {
  url: 'http://127.0.0.1:4700',
  phase: 'payments is killed',
  lab: {
    ...{ at: 0, ratePerSecond: 40, faults: [], tour: { isRunning: false, steps: [] } },
    targets: [{ name: 'payments', isUp: false, pid: null, restarts: 0 }],
    sides: [side('protected', 0), side('unprotected', 25)],
  },
}

test('formatProgressTable() shows both storefronts, what is down, and where the page is', () => {
  expect(formatProgressTable(progress)).toBe(
    [
      'payments is killed',
      'STOREFRONT   REQUESTS       OK  DEGRADED  ERRORS  LAST SECOND    P95',
      'protected         100  100.0 %         0       0       75.0 %  12 ms',
      'unprotected       100   75.0 %         0      25       75.0 %  12 ms',
      'faults: payments down',
      'page: http://127.0.0.1:4700',
      '',
    ].join('\n'),
  )
})

test('liveTable() draws over its last table on a terminal', () => {
  const io = capturedIo({}, true)
  const show = liveTable(io)

  show(progress)
  show(progress)

  expect(io.talk().match(/\u001B\[6A\u001B\[J/g)).toHaveLength(1)
})

test('liveTable() writes plain lines elsewhere, and the address of the page once', () => {
  const io = capturedIo()
  const show = liveTable(io)

  show(progress)
  show(progress)

  expect(io.talk()).not.toContain('\u001B')
  expect(io.talk().match(/The page is at/g)).toHaveLength(1)
  expect(io.talk().match(/payments is killed: protected 100.0 % ok/g)).toHaveLength(2)
  expect(io.out()).toBe('')
})
