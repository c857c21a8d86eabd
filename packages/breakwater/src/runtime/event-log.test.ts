import { describe, expect, it } from 'vitest'
import type { EventFacts } from '../protocol/index.ts'
import { EventLog } from './event-log.ts'

function event(policy: string, at = 0): EventFacts {
  return { type: 'BulkheadSaturated', at, policy, message: 'full', details: { limit: 5 } }
}

describe('EventLog', () => {
  it('keeps ten events that are alike as they are', () => {
    const log = new EventLog()
    for (let at = 0; at < 10; at++) log.add(event('mail', at))

    const { events, dropped } = log.collect()

    expect(events).toEqual(Array.from({ length: 10 }, (_, at) => event('mail', at)))
    expect(dropped).toBe(0)
  })

  it('counts those beyond with the tenth, and loses no other', () => {
    const log = new EventLog()
    for (let at = 0; at < 5_000; at++) log.add(event('mail', at))
    log.add(event('disk'))
    log.add({ ...event('mail'), type: 'CircuitOpened' })

    const { events, dropped } = log.collect()

    expect(events).toHaveLength(12)
    expect(events[9]).toEqual({ ...event('mail', 9), details: { limit: 5, more: 4_990 } })
    expect(events.slice(10)).toEqual([event('disk'), { ...event('mail'), type: 'CircuitOpened' }])
    expect(dropped).toBe(0)
  })

  it('begins anew after it was collected', () => {
    const log = new EventLog()
    for (let at = 0; at < 11; at++) log.add(event('mail', at))
    log.collect()
    log.add(event('mail', 11))

    expect(log.collect().events).toEqual([event('mail', 11)])
  })

  it('keeps a thousand events, and counts what does not fit', () => {
    const log = new EventLog()
    for (let i = 0; i < 1_002; i++) log.add(event(`policy-${i}`))

    const { events, dropped } = log.collect()

    expect([events.length, dropped]).toEqual([1_000, 2])
  })
})
