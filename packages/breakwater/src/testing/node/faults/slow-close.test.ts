import { expect, it } from 'vitest'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'

it('slow-close passes bytes at once and the end later, in each direction', async () => {
  await using scene = await ProxyScene.start({}, (socket) => socket.pipe(socket))
  await scene.proxy.inject({ type: 'slow-close', ms: 500 })
  const client = await scene.connectAndEcho('hello')

  client.socket.end()
  await until(() => scene.clock.pending().length === 1)
  await scene.clock.advance(499)
  const targetSaw = [...(scene.served[0]?.saw ?? [])]
  await scene.clock.advance(1)
  await scene.served[0]?.hasSeen('close')
  await until(() => scene.clock.pending().length === 1)
  await scene.clock.advance(499)
  const clientSaw = [...client.saw]
  await scene.clock.advance(1)
  await client.hasSeen('close')

  expect([targetSaw, clientSaw]).toEqual([[], []])
})

it('slow-close does not hold up a reset', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'slow-close', ms: 500 })
  const client = await scene.connectAndEcho()

  scene.served[0]?.socket.resetAndDestroy()
  await client.hasSeen('close')

  expect(client.saw).toEqual(['ECONNRESET', 'close'])
})

it('slow-close, removed, lets the end pass at once', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'slow-close', ms: 500, direction: 'to-target' })
  const client = await scene.connectAndEcho()
  client.socket.end()
  await until(() => scene.clock.pending().length === 1)

  await scene.proxy.heal()

  await client.hasSeen('close')
})
