import { expect, it } from 'vitest'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'
import type { ProxyFault } from './proxy-faults.ts'

const held = (scene: ProxyScene): number => scene.proxy.stats().gauges.heldBytes

/** A client that sent a text, of which the proxy holds all. */
async function send(scene: ProxyScene, fault: ProxyFault, text = 'hello') {
  await scene.proxy.inject(fault)
  const client = scene.connect()
  client.socket.write(text)
  await until(() => held(scene) === text.length)
  return client
}

it('latency keeps an answer for so long and no longer', async () => {
  await using scene = await ProxyScene.start()
  const client = await send(scene, { type: 'latency', ms: 800 })

  await scene.clock.advance(799)
  const early = held(scene)
  await scene.clock.advance(1)
  await client.hasText('hello')

  expect(early).toBe(5)
  expect(scene.served[0]?.text).toBe('hello')
})

it('latency in both directions takes a round trip twice as long', async () => {
  await using scene = await ProxyScene.start()
  const client = await send(scene, { type: 'latency', ms: 100, direction: 'both' })

  await scene.clock.advance(100)
  await scene.served[0]?.hasText('hello')
  await until(() => held(scene) === 5)
  await scene.clock.advance(99)
  const early = held(scene)
  await scene.clock.advance(1)
  await client.hasText('hello')

  expect(early).toBe(5)
})

it('latency keeps the end of the stream as long, behind the bytes', async () => {
  await using scene = await ProxyScene.start()
  const client = await send(scene, { type: 'latency', ms: 100 })
  await scene.clock.advance(50)
  client.socket.end()
  await until(() => scene.served[0]?.saw.includes('close') === true)
  await until(() => scene.clock.pending().length === 1)

  await scene.clock.advance(50)
  await client.hasText('hello')
  const sawWithBytes = [...client.saw]
  await scene.clock.advance(50)
  await client.hasSeen('close')

  expect(sawWithBytes).toEqual([])
})

it('latency, removed, lets pass at once what it held', async () => {
  await using scene = await ProxyScene.start()
  const client = await send(scene, { type: 'latency', ms: 86_400_000 })

  await scene.proxy.heal()
  await client.hasText('hello')

  expect(scene.clock.pending()).toEqual([])
})

it('latency of two faults adds up', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'latency', ms: 100 })
  const client = await send(scene, { type: 'latency', ms: 50 })

  expect(scene.clock.pending()).toEqual([150])
  await scene.clock.advance(150)
  await client.hasText('hello')
})

it('latency with jitter draws from the random source, within its bounds, never below none', async () => {
  const delays: number[] = []
  await using scene = await ProxyScene.start({ random: { next: sequence([0, 0.25, 0.9]) } })
  await scene.proxy.inject({ type: 'latency', ms: 100, jitterMs: 200 })
  const client = scene.connect()

  client.socket.write('a')
  await client.hasText('a')
  client.socket.write('b')
  await client.hasText('ab')
  client.socket.write('c')
  await until(() => held(scene) === 1)
  delays.push(...scene.clock.pending())

  expect(delays).toEqual([expect.closeTo(260)])
})

it('latency with jitter lets no byte overtake another', async () => {
  await using scene = await ProxyScene.start({ random: { next: sequence([1, 0]) } })
  await scene.proxy.inject({ type: 'latency', ms: 100, jitterMs: 100 })
  const client = scene.connect()
  client.socket.write('first ')
  await until(() => held(scene) === 6)
  client.socket.write('second')
  await until(() => held(scene) === 12)

  await scene.clock.advance(199)
  const early = client.text
  await scene.clock.advance(1)
  await client.hasText('first second')

  expect(early).toBe('')
})

it('latency holds no more than the buffer, and then all the same each byte', async () => {
  await using scene = await ProxyScene.start({ bufferBytes: 1_000 })
  const text = 'x'.repeat(300_000)
  await scene.proxy.inject({ type: 'latency', ms: 10 })
  const client = scene.connect()
  client.socket.write(text)
  const most: number[] = []

  await until(() => {
    most.push(held(scene))
    if (scene.clock.pending().length > 0) void scene.clock.advance(10)
    return client.text.length === text.length
  })

  expect(Math.max(...most)).toBeLessThan(1_000 + 65_536)
})

function sequence(values: readonly number[]): () => number {
  let at = 0
  return () => values[at++] ?? 0
}
