import { expect, it } from 'vitest'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'

it('slice sends each piece by itself', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'slice', bytes: 4 })

  const client = await scene.connectAndEcho('hello world')

  expect(client.chunks).toEqual(['hell', 'o wo', 'rld'])
})

it('slice is of one byte when it is not said, and to the client only', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'slice' })

  const client = await scene.connectAndEcho('abc')

  expect(client.chunks).toEqual(['a', 'b', 'c'])
  expect(scene.served[0]?.chunks).toEqual(['abc'])
})

it('slice with a gap keeps the pieces that far apart', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'slice', bytes: 2, gapMs: 100 })
  const client = scene.connect()
  client.socket.write('abcde')
  await client.hasText('ab')

  await scene.clock.advance(99)
  const early = scene.proxy.stats().gauges.heldBytes
  await scene.clock.advance(1)
  await client.hasText('abcd')
  await scene.clock.advance(100)
  await client.hasText('abcde')

  expect(early).toBe(3)
  expect(client.chunks).toEqual(['ab', 'cd', 'e'])
})

it('slice does not go on after close()', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'slice' })
  const client = scene.connect()
  client.socket.write('x'.repeat(10_000))
  await until(() => client.text.length > 10)

  await scene.proxy.close()
  const { bytesToClient, droppedBytes } = scene.proxy.stats().counters

  expect(bytesToClient).toBeLessThan(10_000)
  expect(bytesToClient + droppedBytes).toBe(10_000)
})
