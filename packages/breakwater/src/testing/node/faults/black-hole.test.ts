import { expect, it } from 'vitest'
import { nextMacrotask } from '../../../clock/macrotask.ts'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../../test/proxy-fixtures/until.ts'

const held = (scene: ProxyScene): number => scene.proxy.stats().gauges.heldBytes

it('black-hole accepts, answers nothing, and does not let the target hear of it', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'black-hole' })

  const client = scene.connect()
  client.socket.write('hello')
  await until(() => held(scene) === 5)

  expect(client.saw).toEqual([])
  expect(scene.served).toEqual([])
})

it('black-hole, removed, lets pass what was sent meanwhile', async () => {
  await using scene = await ProxyScene.start()
  const open = await scene.connectAndEcho('hel')
  const fault = await scene.proxy.inject({ type: 'black-hole' })
  const late = scene.connect()
  open.socket.write('lo')
  late.socket.end('hello')
  await until(() => held(scene) === 7)

  await fault.remove()
  await open.hasText('hello')
  await late.hasSeen('close')

  expect(late.text).toBe('hello')
  expect(late.saw).toEqual(['end', 'close'])
})

it('black-hole to the client lets the target work, and keeps its answer and its end', async () => {
  await using scene = await ProxyScene.start()
  const client = await scene.connectAndEcho('hel')
  await scene.proxy.inject({ type: 'black-hole', direction: 'to-client' })

  client.socket.end('lo')
  await until(() => held(scene) === 2)

  expect(scene.served[0]?.text).toBe('hello')
  expect([client.text, ...client.saw]).toEqual(['hel'])
})

it('black-hole to the target lets pass what the target says first', async () => {
  await using scene = await ProxyScene.start({}, (socket) => socket.write('welcome'))
  const client = scene.connect()
  await client.hasText('welcome')
  await scene.proxy.inject({ type: 'black-hole', direction: 'to-target' })

  client.socket.write('hello')
  scene.served[0]?.socket.write('!')
  await client.hasText('welcome!')
  await until(() => held(scene) === 5)

  expect(scene.served[0]?.text).toBe('')
})

it('black-hole forgets a client that resets before the target heard of it', async () => {
  await using scene = await ProxyScene.start()
  await scene.proxy.inject({ type: 'black-hole' })
  const client = scene.connect()
  client.socket.write('hello')
  await until(() => held(scene) === 5)

  client.socket.resetAndDestroy()
  await until(() => scene.proxy.stats().gauges.open === 0)

  expect(scene.proxy.stats().counters).toMatchObject({ peerResets: 1, droppedBytes: 5 })
  expect(held(scene)).toBe(0)
})

it('black-hole to the target keeps a reset by the client from it, and passes nothing to who is gone', async () => {
  await using scene = await ProxyScene.start()
  const client = await scene.connectAndEcho()
  const fault = await scene.proxy.inject({ type: 'black-hole', direction: 'to-target' })
  client.socket.resetAndDestroy()
  await turns()

  scene.served[0]?.socket.write('hello')
  await turns()
  const sawMeanwhile = [...(scene.served[0]?.saw ?? [])]
  await fault.remove()
  await scene.served[0]?.hasSeen('close')

  expect([sawMeanwhile, scene.served[0]?.saw]).toEqual([[], ['ECONNRESET', 'close']])
  expect(scene.proxy.stats().counters).toMatchObject({ bytesToClient: 5, peerResets: 1 })
})

it('black-hole keeps a reset by the target from the client', async () => {
  await using scene = await ProxyScene.start()
  const client = await scene.connectAndEcho()
  const fault = await scene.proxy.inject({ type: 'black-hole' })

  scene.served[0]?.socket.resetAndDestroy()
  await scene.served[0]?.hasSeen('close')
  await turns()
  const sawMeanwhile = [...client.saw]
  await fault.remove()
  await client.hasSeen('close')

  expect(sawMeanwhile).toEqual([])
  expect(client.saw).toEqual(['ECONNRESET', 'close'])
})

/** Time enough for what is under way on loopback, as turns of the event loop: for what must not happen. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextMacrotask()
}
