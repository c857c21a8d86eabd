import { describe, expect, it } from 'vitest'
import { Peer } from '../../../test/proxy-fixtures/peer.ts'
import { ProxyScene } from '../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../test/proxy-fixtures/until.ts'
import { faultProxy } from './fault-proxy.ts'

describe('faultProxy() without a fault', () => {
  it('passes bytes both ways and counts them', async () => {
    await using scene = await ProxyScene.start()

    const client = await scene.connectAndEcho('hello')

    expect(client.text).toBe('hello')
    expect(scene.proxy.stats().counters).toMatchObject({ accepted: 1, bytesToTarget: 5, bytesToClient: 5 })
    expect(scene.proxy.stats().gauges).toEqual({ open: 1, heldBytes: 0, faults: 0, isListening: 1 })
  })

  it('passes what the client sends after the target ended, and the other way round', async () => {
    await using scene = await ProxyScene.start({}, (socket) => socket.end('bye'))
    const client = scene.connect()
    await client.hasSeen('end')

    client.socket.end('still here')
    await scene.served[0]?.hasSeen('close')

    expect(client.text).toBe('bye')
    expect(scene.served[0]?.text).toBe('still here')
    expect(scene.served[0]?.saw).toEqual(['end', 'close'])
  })

  it('keeps the answer coming after the client ended', async () => {
    await using scene = await ProxyScene.start({}, () => undefined)
    const client = scene.connect()
    client.socket.end('request')
    await until(() => scene.served[0]?.saw.includes('end') === true)

    scene.served[0]?.socket.end('answer')
    await client.hasSeen('close')

    expect(client.text).toBe('answer')
    expect(client.saw).toEqual(['end', 'close'])
    await until(() => scene.proxy.stats().gauges.open === 0)
  })

  it('passes on a reset by the target', async () => {
    await using scene = await ProxyScene.start()
    const client = await scene.connectAndEcho()

    scene.served[0]?.socket.resetAndDestroy()
    await client.hasSeen('close')

    expect(client.saw).toEqual(['ECONNRESET', 'close'])
    expect(scene.proxy.stats().counters).toMatchObject({ peerResets: 1, resets: 0, failedDials: 0 })
  })

  it('passes on a reset by the client', async () => {
    await using scene = await ProxyScene.start()
    const client = await scene.connectAndEcho()

    client.socket.resetAndDestroy()
    await scene.served[0]?.hasSeen('close')

    expect(scene.served[0]?.saw).toEqual(['ECONNRESET', 'close'])
    await until(() => scene.proxy.stats().counters.closed === 1)
  })

  it('passes on a reset that comes after an end', async () => {
    await using scene = await ProxyScene.start({}, () => undefined)
    const client = scene.connect()
    client.socket.end()
    await until(() => scene.served[0]?.saw.includes('end') === true)

    scene.served[0]?.socket.resetAndDestroy()
    await client.hasSeen('close')

    expect(client.saw).toEqual(['ECONNRESET', 'close'])
    await until(() => scene.proxy.stats().gauges.open === 0)
  })

  it('resets the target when the client, which had ended its side, is found dead', async () => {
    await using scene = await ProxyScene.start({}, () => undefined)
    const client = scene.connect()
    client.socket.end()
    await until(() => scene.served[0]?.saw.includes('end') === true)

    client.socket.destroy()
    await until(() => {
      scene.served[0]?.socket.write('still there?')
      return scene.proxy.stats().gauges.open === 0
    })

    expect(scene.proxy.stats().counters).toMatchObject({ peerResets: 1, closed: 1 })
  })

  it('resets the client when nobody listens at the target', async () => {
    await using scene = await ProxyScene.start()
    await using dead = await faultProxy({ target: { port: await unusedPort() }, onEvent: push(scene) })
    const client = Peer.to(dead.port)

    await client.hasSeen('close')

    expect(client.saw).toEqual(['ECONNRESET', 'close'])
    expect(dead.stats().counters).toMatchObject({ failedDials: 1, peerResets: 1 })
    expect(scene.events).toContainEqual({
      type: 'DialFailed',
      connection: 1,
      error: expect.objectContaining({ code: 'ECONNREFUSED' }),
    })
  })

  it('tells of each connection', async () => {
    await using scene = await ProxyScene.start()
    const client = await scene.connectAndEcho('hello')

    client.socket.end()
    await until(() => scene.proxy.stats().gauges.open === 0)

    expect(scene.events).toEqual([
      { type: 'ConnectionOpened', connection: 1 },
      { type: 'ConnectionClosed', connection: 1, bytesToTarget: 5, bytesToClient: 5 },
    ])
  })

  it('goes on when a listener throws, and counts it', async () => {
    await using scene = await ProxyScene.start()
    const off = scene.proxy.on(() => {
      throw new Error('listener')
    })

    await scene.connectAndEcho()
    off()
    await scene.connectAndEcho()

    expect(scene.proxy.stats().counters).toMatchObject({ accepted: 2, listenerErrors: 1 })
  })

  it('resets what is over maxConnections', async () => {
    await using scene = await ProxyScene.start({ maxConnections: 1 })
    const first = await scene.connectAndEcho()

    const second = scene.connect()
    await second.hasSeen('close')
    first.socket.end()
    await until(() => scene.proxy.stats().gauges.open === 0)
    await scene.connectAndEcho()

    expect(second.saw).toEqual(['ECONNRESET', 'close'])
    expect(scene.proxy.stats().counters).toMatchObject({ accepted: 2, overLimit: 1 })
  })
})

/** A port on which nobody listens: one that was in use just now. */
async function unusedPort(): Promise<number> {
  await using scene = await ProxyScene.start()
  return scene.targetPort
}

function push(scene: ProxyScene): (event: ProxyScene['events'][number]) => void {
  return (event) => scene.events.push(event)
}
