import { describe, expect, it } from 'vitest'
import type { ProxyFault } from '../../../src/testing/node/index.ts'
import { TokenScene } from './token-scene.ts'

const outages: readonly (readonly [string, ProxyFault])[] = [
  ['is down', { type: 'refuse' }],
  ['is cut off by the network', { type: 'black-hole' }],
  ['resets connections in the middle of an answer', { type: 'reset', afterBytes: 40 }],
  ['ends answers in the middle', { type: 'cut-off', afterBytes: 40 }],
  ['is slower than anybody waits', { type: 'latency', ms: 10_000 }],
]

describe('a service whose authentication', () => {
  it('revokes all tokens gets one new token for all users, who do not notice', async () => {
    await using scene = await TokenScene.start()

    scene.tokens.revoke()
    const answers = await scene.ask()

    expect(answers).toEqual(['orders'])
    expect(scene.tokens.asked).toBe(2)
  })

  it.each(outages)('%s is not missed while the token is valid', async (_, fault) => {
    await using scene = await TokenScene.start()
    await scene.proxy.inject(fault)

    expect(await scene.ask()).toEqual(['orders'])
    expect(scene.proxy.stats().counters.accepted).toBe(1)
  })

  it.each(outages)('%s when the token is revoked shows less, asks seldom, and is back', async (_, fault) => {
    await using scene = await TokenScene.start()
    const { breaker, events } = scene.client
    await scene.proxy.inject(fault)

    scene.tokens.revoke()
    await scene.askUntil(() => breaker.state === 'open')
    await scene.askUntil(() => (breaker.stats().counters.rejected ?? 0) > 10)
    const dialled = scene.proxy.stats().counters.accepted
    await scene.proxy.heal()
    await scene.askUntil(() => scene.answers.at(-1) === 'orders')
    const afterwards = await scene.ask()

    expect(new Set(scene.answers)).toEqual(new Set(['orders', 'nothing']))
    expect([afterwards, breaker.state]).toEqual([['orders'], 'closed'])
    expect(dialled).toBeLessThan(scene.answers.length / 8)
    expect(events.map(({ type }) => type)).toContain('CircuitOpened')
    await scene.proxy.close()
    expect(scene.proxy.stats().gauges).toMatchObject({ open: 0, heldBytes: 0 })
  })

  it('refuses our secret shows less, does not take it for an outage, and works with the right one', async () => {
    await using scene = await TokenScene.start()
    scene.client.secret = 'wrong'
    scene.tokens.revoke()

    const refused = [await scene.ask(), await scene.ask()]
    scene.client.secret = 'right'
    const accepted = await scene.ask()

    expect([refused, accepted]).toEqual([[['nothing'], ['nothing']], ['orders']])
    expect(scene.client.events).toEqual([])
  })
})
