import { describe, expect, it } from 'vitest'
import type { ProxyFault } from '../../../src/testing/node/index.ts'
import { DatabaseScene, hasPostgres } from './database-scene.ts'
import { users } from './order-service.ts'

const isThere = await hasPostgres()

const outages: readonly (readonly [string, ProxyFault[]])[] = [
  ['is down', [{ type: 'refuse' }, { type: 'reset', connections: 'open' }]],
  ['is cut off by the network', [{ type: 'black-hole' }]],
  ['resets each connection in its first answer', [{ type: 'reset', afterBytes: 10 }]],
  ['ends each connection in its first answer', [{ type: 'cut-off', afterBytes: 10 }]],
  ['is slower than anybody waits', [{ type: 'latency', ms: 10_000 }]],
]

const troubles: readonly (readonly [string, ProxyFault[]])[] = [
  ['is slow', [{ type: 'latency', ms: 10, jitterMs: 8, direction: 'both' }]],
  ['answers a byte at a time', [{ type: 'slice' }]],
  ['fails over', [{ type: 'reset', connections: 'open' }]],
]

describe.skipIf(!isThere)('a service whose PostgreSQL at 127.0.0.1:5432', () => {
  it.each(outages)('%s opens its circuit, answers with less, and is back after it', async (_, faults) => {
    await using scene = await DatabaseScene.start()
    await scene.orderUntilStored(20)
    const before = scene.answers.length

    await scene.inject(faults)
    await scene.orderUntil(() => scene.service.openings > 0 && scene.count('queued') >= 20)
    const [during, stored] = [scene.answers.length - before, scene.count('stored')]
    await scene.proxy.heal()
    await scene.orderUntilStored(20)

    expect(scene.count('failed')).toBe(0)
    expect([scene.count('queued') >= 20, stored < before + during]).toEqual([true, true])
    expect(scene.service.breaker.state).toBe('closed')
    expect(scene.service.breaker.stats().counters.rejected).toBeGreaterThan(0)
    expect(await scene.missing()).toEqual([])
    expect(await scene.connectionsAfterEnd()).toEqual({ proxied: 0, served: 0 })
  })

  it.each(troubles)('%s stores each order all the same, with the circuit closed', async (_, faults) => {
    await using scene = await DatabaseScene.start()
    await scene.orderUntilStored(20)

    const ordering = scene.orderUntilStored(40)
    await scene.inject(faults)
    await ordering

    expect([scene.count('failed'), scene.count('queued')]).toEqual([0, 0])
    expect(scene.service.openings).toBe(0)
    expect(await scene.missing()).toEqual([])
    expect(await scene.connectionsAfterEnd()).toEqual({ proxied: 0, served: 0 })
  })

  it('is cut off by the network keeps a call without policies waiting while all others are answered', async () => {
    await using scene = await DatabaseScene.start()
    await scene.orderUntilStored(users)
    await scene.proxy.inject({ type: 'black-hole' })
    const ends: string[] = []

    const plain = scene.service.storePlainly(0, new AbortController().signal).then((end) => ends.push(end))
    await scene.orderUntil(() => scene.count('queued') >= 40)
    const endsMeanwhile = [...ends]
    await scene.proxy.heal()
    await plain

    expect([endsMeanwhile, ends]).toEqual([[], ['stored']])
  })
})
