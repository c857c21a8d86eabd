import { expect, it } from 'vitest'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'

it('cut-off ends the answer after so many bytes as if that were all', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'cut-off', afterBytes: 3 })

  const client = scene.connect()
  client.socket.write('hello')
  await client.hasSeen('end')
  await scene.served[0]?.hasSeen('close')
  client.socket.end('more')
  await client.hasSeen('close')
  await until(() => scene.proxy.stats().gauges.open === 0)

  expect([client.text, ...client.saw]).toEqual(['hel', 'end', 'close'])
  expect(scene.proxy.stats().counters).toMatchObject({ cutOffs: 1, bytesToClient: 3, droppedBytes: 6 })
})

it('cut-off at once ends new connections before the target hears of them, and open ones', async () => {
  await using scene = await ProxyScene.start()
  const open = await scene.connectAndEcho()

  await scene.proxy.inject({ type: 'cut-off' })
  const late = scene.connect()
  await Promise.all([open.hasSeen('end'), late.hasSeen('end')])

  expect(scene.served.length).toBe(1)
  expect(late.saw).toEqual(['end'])
})

it('cut-off to the target truncates the request and hangs up on the client', async () => {
  await using scene = await ProxyScene.start({}, () => undefined)
  await scene.proxy.inject({ type: 'cut-off', afterBytes: 3, direction: 'to-target' })
  const client = scene.connect()
  client.socket.write('hello')
  await client.hasSeen('end')

  await scene.served[0]?.hasSeen('end')

  expect(scene.served[0]?.text).toBe('hel')
})

it('cut-off reads on what the client still sends, though the target had no room for it', async () => {
  const bytes = 16_000_000
  await using scene = await ProxyScene.start({}, (socket) => void socket.pause())
  const client = scene.connect()
  client.socket.end(Buffer.alloc(bytes))
  await until(() => scene.proxy.stats().gauges.heldBytes > 262_000)

  await scene.proxy.inject({ type: 'cut-off' })
  await client.hasSeen('close')
  await until(() => scene.proxy.stats().gauges.open === 0)

  const { bytesToTarget, droppedBytes } = scene.proxy.stats().counters
  expect(bytesToTarget + droppedBytes).toBe(bytes)
})

it('cut-off waits until its bytes have passed through a black hole', async () => {
  await using scene = await ProxyScene.start()
  const hole = await scene.proxy.inject({ type: 'black-hole', direction: 'to-client' })
  await scene.proxy.inject({ type: 'cut-off', afterBytes: 2 })
  const client = scene.connect()
  client.socket.write('hello')
  await until(() => scene.proxy.stats().gauges.heldBytes === 5)

  await hole.remove()
  await client.hasSeen('end')

  expect(client.text).toBe('he')
})
