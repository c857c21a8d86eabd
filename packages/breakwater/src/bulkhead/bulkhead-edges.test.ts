import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import type { Criticality } from '../pipeline/call-context.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'

/** A bulkhead whose slots are taken by hand, and calls that note when they begin and how they end. */
function scene(options: BulkheadOptions) {
  const clock = new FakeClock()
  const slots = bulkhead(options)
  const line = pipeline({ policies: [slots], clock })
  const log: string[] = []
  const call = (name: string, criticality: Criticality = 'normal', signal?: AbortSignal): void => {
    const own = { criticality, key: name, ...(signal !== undefined && { signal }) }
    void line
      .tryRun(() => log.push(name), own)
      .then((outcome) => {
        if (!outcome.ok) log.push(`${name} refused`)
      })
  }
  return { clock, slots, line, log, call }
}

describe('bulkhead()', () => {
  it('last in, first out: whoever has left is not let in', async () => {
    const { clock, slots, log, call } = scene({ limit: 1, queue: 5, order: 'lifo' })
    const permit = slots.tryAcquire()
    const gone = new AbortController()
    call('first')
    call('second')
    call('third', 'normal', gone.signal)
    gone.abort()
    permit?.release()
    await clock.settle()

    expect(log).toEqual(['second', 'first', 'third refused'])
    expect([slots.active, slots.queued]).toEqual([0, 0])
  })

  it('takes the clock of its pipeline when it has none', async () => {
    const { clock, slots, log, call } = scene({ limit: 1, queue: 5, maxWaitMs: 50 })
    const permit = slots.tryAcquire()
    call('waits')
    await clock.advance(49)
    const before = [...log]
    await clock.advance(1)
    permit?.release()

    expect([before, log]).toEqual([[], ['waits refused']])
  })

  it('lets nobody who comes while others are let in overtake those who wait', async () => {
    const { clock, slots, line, log, call } = scene({ limit: 1, queue: 5 })
    const permit = slots.tryAcquire()
    void line.run(() => {
      log.push('first')
      call('came in between')
      return clock.sleep(10)
    })
    call('second')
    slots.limit = 3
    await clock.advance(20)
    permit?.release()

    expect(log).toEqual(['first', 'second', 'came in between'])
  })

  it('is whole again when a breach has ended', async () => {
    const breach = { maxHoldMs: 10, mitigation: 'lower-limit' } as const
    const { clock, slots } = scene({ limit: 4, queue: 0, breach })
    const line = pipeline({ policies: [slots], clock })
    const hung = line.run(() => clock.sleep(30))
    await clock.advance(15)
    const during = [1, 2, 3, 4].map(() => slots.tryAcquire())
    during.forEach((permit) => permit?.release())
    await clock.advance(20)
    await hung
    const after = [1, 2, 3, 4].map(() => slots.tryAcquire())

    expect(during.filter((permit) => permit !== undefined)).toHaveLength(1)
    expect(after.filter((permit) => permit !== undefined)).toHaveLength(4)
  })

  it('leaves no timer of a request that it refuses first', async () => {
    const { clock, slots } = scene({ limit: 1, queue: 5, maxWaitMs: 50 })
    const permit = slots.tryAcquire()
    await pipeline({ policies: [slots], clock })
      .tryRun(() => 1, { signal: AbortSignal.abort() })
      .then(() => undefined)
    const refused = expect(slots.acquire({ maxWaitMs: 1_000 })).rejects.toThrow('is full')
    await clock.advance(50)

    await refused
    clock.expectIdle()
    permit?.release()
  })
})

describe('bulkhead() by criticality', () => {
  it.each<[Criticality, string[]]>([
    ['normal', ['newcomer refused', 'waits']],
    ['low', ['newcomer refused', 'waits']],
    ['high', ['waits refused', 'newcomer']],
  ])(
    'of a full queue, lets a call that is %s take the place of one that is normal, or not',
    async (rank, expected) => {
      const { clock, slots, log, call } = scene({ limit: 1, queue: 1, order: 'criticality' })
      const permit = slots.tryAcquire()
      call('waits')
      call('newcomer', rank)
      await clock.settle()
      permit?.release()
      await clock.settle()

      expect(log).toEqual(expected)
    },
  )

  it('counts overtakes anew after each that had waited longest', async () => {
    const { clock, slots, log, call } = scene({ limit: 1, queue: 20, order: 'criticality', maxOvertakes: 2 })
    const permit = slots.tryAcquire()
    call('low 1', 'low')
    call('low 2', 'low')
    for (let i = 1; i <= 6; i++) call(`critical ${i}`, 'critical')
    permit?.release()
    await clock.settle()

    expect(log.map((name) => name.replace('critical', 'c').replace('low', 'l'))).toEqual([
      ...['c 1', 'c 2', 'l 1', 'c 3', 'c 4', 'l 2', 'c 5', 'c 6'],
    ])
  })
})

describe('bulkhead() with tiers', () => {
  const tiers = { gold: 0.5, other: 0.5 }
  const tierOf = ({ key }: { key: string }): string => (key.startsWith('gold') ? 'gold' : 'other')

  it('counts what CoDel drops out of a tier', async () => {
    const { clock, slots, call } = scene({
      ...{ limit: 2, queue: 10, order: 'codel', targetMs: 5, intervalMs: 20, tiers, tierOf },
    })
    const permits = [slots.tryAcquire(), slots.tryAcquire()]
    for (let i = 0; i < 4; i++) call(`gold ${i}`)
    await clock.advance(30)
    permits[0]?.release()
    await clock.advance(30)
    permits[1]?.release()
    await clock.settle()

    expect(slots.tiers.map(({ queued }) => queued)).toEqual([0, 0])
    expect([slots.queued, slots.active]).toEqual([0, 0])
  })

  it('lets the calls of a tier give way to each other before those of another', async () => {
    const { clock, slots, log, call } = scene({
      ...{ limit: 2, queue: 4, order: 'criticality', tiers, tierOf },
    })
    const permits = [slots.tryAcquire(), slots.tryAcquire()]
    call('gold low', 'low')
    for (const i of [1, 2, 3]) call(`other ${i}`)
    call('gold high', 'high')
    await clock.settle()
    const refused = [...log]
    permits.forEach((permit) => permit?.release())

    expect(refused).toEqual(['gold low refused'])
  })

  it.each(['fifo', 'lifo', 'codel', 'criticality'] as const)(
    '%s, gives the place of the newest of a tier that has more than its share to one that has less',
    async (order) => {
      const { clock, slots, log, call } = scene({ limit: 2, queue: 2, order, tiers, tierOf })
      const permits = [slots.tryAcquire(), slots.tryAcquire()]
      for (const name of ['gold 1', 'gold 2', 'other 1', 'other 2']) call(name)
      await clock.settle()
      const refused = [...log]
      permits.forEach((permit) => permit?.release())
      await clock.settle()

      expect(refused).toEqual(['gold 2 refused', 'other 2 refused'])
      expect(log.slice(2).toSorted()).toEqual(['gold 1', 'other 1'])
    },
  )
})
