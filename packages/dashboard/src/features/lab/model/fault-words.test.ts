import type { LabFault } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { faultOrder, faultSentence } from './fault-words.ts'

describe('faultOrder()', () => {
  it('gives share and length in the units of the wire', () => {
    expect(faultOrder('payments', 'errors', { ratioPercent: 20, seconds: 30 })).toEqual({
      target: 'payments',
      kind: 'errors',
      ratio: 0.2,
      durationMs: 30_000,
    })
  })

  it('has no share for a kill', () => {
    expect(faultOrder('payments', 'kill', { ratioPercent: 20, seconds: 10 })).toEqual({
      target: 'payments',
      kind: 'kill',
      durationMs: 10_000,
    })
  })
})

describe('faultSentence()', () => {
  it('says target, status, share and how long it lasts', () => {
    expect(faultSentence(fault({ kind: 'errors' }), 18_000)).toBe(
      'payments: errors 503 on 50 % of requests, 12 s left',
    )
  })

  it('says how much latency is added', () => {
    expect(faultSentence(fault({ kind: 'latency' }), 0)).toMatch(/^payments: latency \+2 s on/)
  })

  it('does not speak of a share of a killed process', () => {
    expect(faultSentence(fault({ kind: 'kill' }), 29_000)).toBe('payments: kill, 1 s left')
  })
})

function fault(change: Partial<LabFault>): LabFault {
  const common = {
    id: 'f1',
    target: 'payments',
    kind: 'hang',
    ratio: 0.5,
    latencyMs: 2_000,
    status: 503,
  } as const
  return { ...common, durationMs: 30_000, startedAt: 0, endsAt: 30_000, ...change }
}
