import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../test/proxy-fixtures/peer.ts'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'
import type { ProxyFault } from './proxy-faults.ts'
import { settingsOf } from './proxy-faults.ts'

/** Connects so many clients, one after the other; which of them were reset. */
async function connectAll(scene: ProxyScene, count: number): Promise<boolean[]> {
  const outcomes: boolean[] = []
  for (let i = 0; i < count; i++) {
    const client: Peer = scene.connect()
    client.socket.write('x')
    await until(() => client.saw.length > 0 || client.text === 'x')
    outcomes.push(client.saw.includes('ECONNRESET'))
  }
  return outcomes
}

describe('a fault of a proxy', () => {
  it('hits the share of connections that its rate says, the same with each run of a seed', async () => {
    await using first = await ProxyScene.start()
    await using second = await ProxyScene.start()
    await first.proxy.inject({ type: 'reset', rate: 0.3 })
    await second.proxy.inject({ type: 'reset', rate: 0.3 })

    const [one, two] = [await connectAll(first, 100), await connectAll(second, 100)]

    expect(one).toEqual(two)
    expect(one.filter(Boolean).length).toBeGreaterThan(20)
    expect(one.filter(Boolean).length).toBeLessThan(40)
  })

  it('with a rate of 0 hits none, and draws nothing with a rate of 1', async () => {
    const drawn: number[] = []
    await using scene = await ProxyScene.start({ random: { next: () => drawn.push(0) && 0.5 } })
    const none = await scene.proxy.inject({ type: 'reset', rate: 0 })
    const all = await scene.proxy.inject({ type: 'latency', ms: 0 })

    expect(await connectAll(scene, 3)).toEqual([false, false, false])
    expect([none.injections, all.injections, drawn.length]).toEqual([0, 3, 0])
  })

  it('hits no more connections than maxInjections', async () => {
    await using scene = await ProxyScene.start()
    const fault = await scene.proxy.inject({ type: 'reset', maxInjections: 2 })

    expect(await connectAll(scene, 4)).toEqual([true, true, false, false])
    expect(fault.injections).toBe(2)
    expect(scene.proxy.stats().counters).toMatchObject({ injected: 2, resets: 2 })
  })

  it('of open connections leaves new ones alone', async () => {
    await using scene = await ProxyScene.start()
    const open = await scene.connectAndEcho()

    await scene.proxy.inject({ type: 'reset', connections: 'open' })
    await open.hasSeen('close')

    expect(await connectAll(scene, 2)).toEqual([false, false])
  })

  it('of new connections leaves open ones alone', async () => {
    await using scene = await ProxyScene.start()
    const open = await scene.connectAndEcho('hel')

    await scene.proxy.inject({ type: 'reset', connections: 'new' })
    open.socket.write('lo')
    await open.hasText('hello')

    expect(await connectAll(scene, 2)).toEqual([true, true])
  })

  it('is told when it hits a connection, by its name', async () => {
    await using scene = await ProxyScene.start()
    await scene.proxy.inject({ type: 'latency', ms: 0, name: 'far away' })

    await scene.connectAndEcho()

    expect(scene.events.slice(0, 2)).toEqual([
      { type: 'ConnectionOpened', connection: 1 },
      { type: 'ProxyFaultInjected', connection: 1, fault: 'far away', kind: 'latency' },
    ])
  })

  it('is listed while it is on, and gone with await using', async () => {
    await using scene = await ProxyScene.start()
    await using hole = await scene.proxy.inject({ type: 'black-hole' })
    {
      await using slow = await scene.proxy.inject({ type: 'latency', ms: 1 })
      expect(scene.proxy.faults).toEqual([hole, slow])
    }

    expect(scene.proxy.faults).toEqual([hole])
  })

  it('that is injected by a listener hits the connection once', async () => {
    await using scene = await ProxyScene.start()
    scene.proxy.on(({ type }) => {
      if (type === 'ConnectionOpened') void scene.proxy.inject({ type: 'latency', ms: 0 })
    })

    await scene.connectAndEcho()

    expect(scene.proxy.faults.map(({ injections }) => injections)).toEqual([1])
  })
})

describe('settingsOf() refuses', () => {
  const what = 'Cannot create proxy fault'
  it.each<[unknown, string]>([
    [undefined, `${what} must be an object: current value is undefined`],
    [
      { type: 'lag' },
      `${what} as 'type' must be one of refuse, black-hole, latency, bandwidth, reset, cut-off`,
    ],
    [
      { type: 'latency' },
      `${what} 'latency' as 'ms' must be a number >= 0 and <= 86400000: current value is null`,
    ],
    [
      { type: 'latency', ms: -1 },
      `${what} 'latency' as 'ms' must be a number >= 0 and <= 86400000: current value is -1`,
    ],
    [{ type: 'latency', ms: 1, jitterMs: NaN }, `${what} 'latency' as 'jitterMs' must be`],
    [
      { type: 'bandwidth', bytesPerSecond: 0 },
      `${what} 'bandwidth' as 'bytesPerSecond' must be a number > 0`,
    ],
    [{ type: 'bandwidth' }, `${what} 'bandwidth' as 'bytesPerSecond' must be a number > 0`],
    [{ type: 'reset', afterBytes: 0.5 }, `${what} 'reset' as 'afterBytes' must be an integer >= 0`],
    [{ type: 'cut-off', afterBytes: -1 }, `${what} 'cut-off' as 'afterBytes' must be an integer >= 0`],
    [{ type: 'slow-close' }, `${what} 'slow-close' as 'ms' must be a number >= 0`],
    [{ type: 'slice', bytes: 0 }, `${what} 'slice' as 'bytes' must be an integer >= 1`],
    [{ type: 'slice', gapMs: -1 }, `${what} 'slice' as 'gapMs' must be a number >= 0`],
    [
      { type: 'reset', rate: 1.1 },
      `${what} 'reset' as 'rate' must be a number >= 0 and <= 1: current value is 1.1`,
    ],
    [{ type: 'reset', maxInjections: 0 }, `${what} 'reset' as 'maxInjections' must be an integer >= 1`],
    [{ type: 'reset', connections: 'old' }, `${what} 'reset' as 'connections' must be one of open, new, all`],
    [
      { type: 'reset', direction: 'up' },
      `${what} 'reset' as 'direction' must be one of to-target, to-client, both`,
    ],
    [
      { type: 'reset', after: 1 },
      `${what} 'reset' as 'after' is not an option of it: the options are afterBytes, rate`,
    ],
    [
      { type: 'refuse', rate: 0.5 },
      `${what} 'refuse' as 'rate' is not an option of it: the options are name`,
    ],
    [{ type: 'black-hole', name: 7 }, `${what} 'black-hole' as 'name' must be a string: current value is 7`],
  ])('%j', (fault, message) => {
    expect(() => settingsOf(fault as ProxyFault)).toThrow(message)
  })
})
