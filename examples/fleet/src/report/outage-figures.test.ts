import { expect, test } from 'vitest'
import { outageFigures } from './outage-figures.ts'

const outage = { target: 'payments', kind: 'errors', startedAt: 1_000, healthyAt: 5_000 } as const
const opened = { breaker: 'payments', type: 'CircuitOpened', at: 1_300, sinceFailureMs: 0.4 } as const
const closed = { breaker: 'payments', type: 'CircuitClosed', at: 6_200, sinceFailureMs: null } as const

test('outageFigures() measures from the failures to the open circuit and from health to the closed one', () => {
  const failures = [{ breaker: 'payments', at: 1_050 }]

  const figures = outageFigures(outage, { transitions: [opened, closed], failures })

  expect(figures).toEqual({
    ...{ target: 'payments', kind: 'errors', decidingFailureToOpenMs: 0.4 },
    ...{ firstFailureToOpenMs: 250, healthyToClosedMs: 1_200 },
  })
})

test('outageFigures() gives null for a circuit that never opened', () => {
  const figures = outageFigures(outage, { transitions: [], failures: [{ breaker: 'payments', at: 1_050 }] })

  expect(figures.decidingFailureToOpenMs).toBeNull()
  expect(figures.healthyToClosedMs).toBeNull()
})

test('outageFigures() does not take the breaker of another service, or of an outage before', () => {
  const transitions = [
    { ...opened, at: 500 },
    { ...opened, breaker: 'inventory' },
    { ...closed, at: 4_000 },
  ]

  const figures = outageFigures(outage, { transitions, failures: [] })

  expect(figures.decidingFailureToOpenMs).toBeNull()
  expect(figures.healthyToClosedMs).toBeNull()
})
