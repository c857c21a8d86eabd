import { expect, it } from 'vitest'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'

const passed = (scene: ProxyScene): number => scene.proxy.stats().counters.bytesToClient

it('bandwidth lets so many bytes pass in a second', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'bandwidth', bytesPerSecond: 1_000 })
  const client = scene.connect()
  client.socket.write('x'.repeat(2_500))
  await until(() => scene.proxy.stats().gauges.heldBytes === 2_500)

  const after: number[] = []
  for (const ms of [99, 1, 900, 1_000, 499, 1]) {
    await scene.clock.advance(ms)
    after.push(passed(scene))
  }

  expect(after).toEqual([0, 100, 1_000, 2_000, 2_400, 2_500])
  await until(() => client.text.length === 2_500)
})

it('bandwidth below ten bytes in a second lets single bytes pass', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'bandwidth', bytesPerSecond: 0.5 })
  scene.connect().socket.write('abc')
  await until(() => scene.proxy.stats().gauges.heldBytes === 3)

  await scene.clock.advance(1_999)
  const early = passed(scene)
  await scene.clock.advance(2_001)

  expect([early, passed(scene)]).toEqual([0, 2])
})

it('bandwidth of two faults is the lower one', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'bandwidth', bytesPerSecond: 100 })
  await scene.proxy.inject({ type: 'bandwidth', bytesPerSecond: 1_000 })
  scene.connect().socket.write('x'.repeat(500))
  await until(() => scene.proxy.stats().gauges.heldBytes === 500)

  await scene.clock.advance(1_000)

  expect(passed(scene)).toBe(100)
})

it('bandwidth does not count the time in which nothing was there to send', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'bandwidth', bytesPerSecond: 1_000 })
  const client = scene.connect()
  await scene.clock.advance(60_000)
  client.socket.write('x'.repeat(1_000))
  await until(() => scene.proxy.stats().gauges.heldBytes === 1_000)

  await scene.clock.advance(500)

  expect(passed(scene)).toBe(500)
})

it('bandwidth saves nothing up while a black hole holds the bytes', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'bandwidth', bytesPerSecond: 1_000 })
  const hole = await scene.proxy.inject({ type: 'black-hole', direction: 'to-client' })
  scene.connect().socket.write('x'.repeat(2_000))
  await until(() => scene.proxy.stats().gauges.heldBytes === 2_000)
  await scene.clock.advance(60_000)

  await hole.remove()
  await scene.clock.advance(1_000)

  expect(passed(scene)).toBeLessThanOrEqual(1_200)
  expect(passed(scene)).toBeGreaterThanOrEqual(1_000)
})

it('bandwidth, removed, lets pass at once what it held', async () => {
  await using scene = await ProxyScene.start()
  const fault = await scene.proxy.inject({ type: 'bandwidth', bytesPerSecond: 1 })
  const client = scene.connect()
  client.socket.write('x'.repeat(1_000))
  await until(() => scene.proxy.stats().gauges.heldBytes === 1_000)

  await fault.remove()

  await client.hasText('x'.repeat(1_000))
})
