import { expect, it } from 'vitest'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'

it('reset ends open connections and new ones at once, on both sides', async () => {
  await using scene = await ProxyScene.start()
  const open = await scene.connectAndEcho()

  await scene.proxy.inject({ type: 'reset' })
  const late = scene.connect()
  await Promise.all([open.hasSeen('close'), late.hasSeen('close'), scene.served[0]?.hasSeen('close')])

  expect([open.saw, late.saw, scene.served[0]?.saw]).toEqual(Array(3).fill(['ECONNRESET', 'close']))
  expect(scene.served.length).toBe(1)
  expect(scene.proxy.stats().counters).toMatchObject({ resets: 2, peerResets: 0 })
})

it('reset after so many bytes comes in the middle of an answer', async () => {
  await using scene = await ProxyScene.start()
  const open = await scene.connectAndEcho('hello ')
  await scene.proxy.inject({ type: 'reset', afterBytes: 3 })

  open.socket.write('world')
  await open.hasSeen('close')

  expect(open.text).toBe('hello wor')
  expect(open.saw).toEqual(['ECONNRESET', 'close'])
  expect(scene.proxy.stats().counters).toMatchObject({ bytesToClient: 9, bytesToTarget: 11, droppedBytes: 2 })
})

it('reset after so many bytes does not come before', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'reset', afterBytes: 6 })

  const client = await scene.connectAndEcho('hello')
  client.socket.write('!')
  await client.hasSeen('close')

  expect(client.saw).toEqual(['ECONNRESET', 'close'])
})

it('reset counts the bytes to the target when it is told so', async () => {
  await using scene = await ProxyScene.start({}, () => undefined)
  await scene.proxy.inject({ type: 'reset', afterBytes: 3, direction: 'to-target' })

  const client = scene.connect()
  client.socket.write('hello')
  await client.hasSeen('close')

  expect(scene.proxy.stats().counters).toMatchObject({ bytesToTarget: 3, droppedBytes: 2, resets: 1 })
})

it('reset does not wait for a receiver that does not read', async () => {
  await using scene = await ProxyScene.start({}, (socket) => {
    for (let i = 0; i < 1_000; i++) socket.write(Buffer.alloc(65_536))
  })
  const client = scene.connect()
  client.socket.pause()
  await until(() => scene.proxy.stats().gauges.heldBytes > 262_000)

  await scene.proxy.inject({ type: 'reset' })
  client.socket.resume()
  await client.hasSeen('close')

  expect(client.saw).toEqual(['ECONNRESET', 'close'])
  expect(scene.proxy.stats().gauges.heldBytes).toBe(0)
})

it('reset comes through a black hole', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'black-hole' })
  const client = scene.connect()
  await until(() => scene.proxy.stats().gauges.open === 1)

  await scene.proxy.inject({ type: 'reset', connections: 'open' })
  await client.hasSeen('close')

  expect(client.saw).toEqual(['ECONNRESET', 'close'])
})
