import type { InstanceView } from 'breakwater/protocol'
import { describe, expect, it } from 'vitest'
import { totals } from '../../../../test/fixtures/overview.ts'
import { droppedWords, instanceWhere } from './instance-words.ts'

describe('instanceWhere()', () => {
  it('says version, environment and process', () => {
    const view = instance({ version: '2.4.1', environment: 'demo', host: 'host-3', pid: 4_711 })

    expect(instanceWhere(view)).toBe('v2.4.1 · demo · host-3 pid 4711')
  })

  it('leaves out what is not known', () => {
    expect(instanceWhere(instance({ version: 'v2' }))).toBe('v2')
  })
})

describe('droppedWords()', () => {
  it('says that nothing was lost', () => {
    expect(droppedWords(instance({}))).toBe('nothing')
  })

  it('adds reports that never came to those that were dropped', () => {
    const dropped = { reports: 2, events: 1, faultGroups: 0, faultCounts: 9, operations: 0 }

    expect(droppedWords(instance({ missingReports: 3, dropped }))).toBe('5 reports, 1 event')
  })
})

function instance(change: Partial<InstanceView>): InstanceView {
  return {
    instance: 's-1',
    version: null,
    environment: null,
    host: null,
    pid: null,
    startedAt: 0,
    lastSeenAt: 0,
    state: 'live',
    lastSequence: 1,
    missingReports: 0,
    dropped: { reports: 0, events: 0, faultGroups: 0, faultCounts: 0, operations: 0 },
    lifetime: totals(),
    ...change,
  }
}
