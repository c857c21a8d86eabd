import { expect, test } from 'vitest'
import type { OutcomeTotals, PolicyView } from 'breakwater/protocol'
import type { InstanceRecord } from '../store/instance-store.ts'
import { judgeService } from './service-health.ts'

const now = 1_000_000

const totals = (parts: Partial<OutcomeTotals>): OutcomeTotals => ({
  ...{
    calls: 0,
    successes: 0,
    failures: 0,
    rejections: 0,
    cancellations: 0,
    attempts: 0,
    attemptFailures: 0,
  },
  ...{ sparedByRetry: 0, sparedByFallback: 0, sparedByCache: 0, sparedByHedge: 0 },
  ...parts,
})

const instance = (parts: Partial<InstanceRecord> = {}): InstanceRecord => ({
  ...{
    id: 1,
    service: 'payments',
    instance: 'p-1',
    startedAt: 0,
    firstSeenAt: 0,
    lastSeenAt: now,
    state: 'running',
  },
  ...{ lastSequence: 1, missingReports: 0, lifetime: totals({}), inFlight: {} },
  dropped: { reports: 0, events: 0, faultGroups: 0, faultCounts: 0, operations: 0 },
  ...parts,
})

const openBreaker: PolicyView = {
  ...{
    service: 'payments',
    kind: 'circuit-breaker',
    name: 'stripe',
    counters: {},
    gauges: {},
    instances: [],
  },
  breaker: {
    facts: {
      ...{ state: 'open', override: 'automatic', since: 0, reason: '', closesWhen: '', nextTrialAt: null },
      ...{ windowCalls: 0, windowFailures: 0, windowMs: 0, failureRatio: 0, threshold: 0, minimumCalls: 0 },
    },
    ...{ appliedOverride: 'automatic', override: null, strip: [] },
  },
}

const judge = (parts: Partial<Parameters<typeof judgeService>[0]>): ReturnType<typeof judgeService> =>
  judgeService({ now, instances: [instance()], lastMinute: totals({}), breakers: [], ...parts })

test('judgeService() is failing at 5 % of bad calls', () => {
  const lastMinute = totals({ calls: 100, successes: 95, failures: 3, rejections: 2 })

  expect(judge({ lastMinute })).toEqual({
    state: 'failing',
    reason: '5.0 % of 100 calls in the last minute did not succeed (3 failed, 2 rejected)',
  })
})

test('judgeService() is degraded just below 5 %', () => {
  expect(judge({ lastMinute: totals({ calls: 101, successes: 96, failures: 5 }) }).state).toBe('degraded')
})

test('judgeService() is ok with two bad calls, however few there were', () => {
  expect(judge({ lastMinute: totals({ calls: 2, failures: 2 }) }).state).toBe('ok')
})

test('judgeService() does not count calls that their caller aborted', () => {
  expect(judge({ lastMinute: totals({ calls: 100, cancellations: 97, failures: 3 }) }).state).toBe('failing')
})

test('judgeService() is degraded when a breaker is open', () => {
  expect(judge({ breakers: [openBreaker] })).toEqual({
    state: 'degraded',
    reason: 'Circuit breaker stripe is open',
  })
})

test('judgeService() is degraded when policies spared users', () => {
  const lastMinute = totals({ calls: 100, successes: 100, sparedByRetry: 10, sparedByFallback: 10 })

  const verdict = judge({ lastMinute })

  expect(verdict.state).toBe('degraded')
  expect(verdict.reason).toContain('20 % of 100 calls')
})
test('judgeService() is unknown after 10 s without a report', () => {
  expect(judge({ instances: [instance({ lastSeenAt: now - 10_000 })] }).state).toBe('ok')
  expect(judge({ instances: [instance({ lastSeenAt: now - 10_001 })] })).toEqual({
    state: 'unknown',
    reason: 'No report since 10 s ago',
  })
})

test('judgeService() is failing when the newest instance crashed and none is there', () => {
  expect(judge({ instances: [instance({ state: 'crashed', lastSeenAt: now - 5_000 })] })).toEqual({
    state: 'failing',
    reason: 'The last instance crashed 5 s ago and none has come back',
  })
})

test('judgeService() is unknown when the newest instance said goodbye', () => {
  expect(judge({ instances: [instance({ state: 'stopped' })] }).state).toBe('unknown')
})
