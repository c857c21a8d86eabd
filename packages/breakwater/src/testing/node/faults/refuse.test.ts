import { expect, it } from 'vitest'
import { ProxyScene } from '../../../../test/proxy-fixtures/proxy-scene.ts'

it('refuse lets the system refuse who connects, and leaves open connections alone', async () => {
  await using scene = await ProxyScene.start()
  const open = await scene.connectAndEcho('hel')

  await scene.proxy.inject({ type: 'refuse' })
  const refused = scene.connect()
  await refused.hasSeen('close')
  open.socket.write('lo')
  await open.hasText('hello')

  expect(refused.saw).toEqual(['ECONNREFUSED', 'close'])
  expect(scene.proxy.stats().gauges).toMatchObject({ isListening: 0, open: 1 })
})

it('refuse, removed, is listened for again on the same port', async () => {
  await using scene = await ProxyScene.start()
  const { port } = scene.proxy
  const fault = await scene.proxy.inject({ type: 'refuse' })

  await fault.remove()
  await scene.connectAndEcho()

  expect(scene.proxy.port).toBe(port)
  expect(scene.proxy.stats()).toMatchObject({ counters: { accepted: 1 }, gauges: { isListening: 1 } })
})

it('refuse holds as long as one of two is left', async () => {
  await using scene = await ProxyScene.start()
  const [first, second] = await Promise.all([
    scene.proxy.inject({ type: 'refuse' }),
    scene.proxy.inject({ type: 'refuse' }),
  ])

  await first.remove()
  const isStillShut = scene.proxy.stats().gauges.isListening === 0
  await second.remove()

  expect(isStillShut).toBe(true)
  await scene.connectAndEcho()
})

it('refuse, put in and taken away many times without waiting, ends as was asked last', async () => {
  await using scene = await ProxyScene.start()

  const all = Array.from({ length: 20 }, async (_, i) => {
    if (i % 2 === 0) await scene.proxy.inject({ type: 'refuse' })
    else await scene.proxy.heal()
  })
  await Promise.all(all)

  await scene.connectAndEcho()
})

it('refuse makes heal() reject when somebody else took the port meanwhile, and a later one succeed', async () => {
  await using scene = await ProxyScene.start()
  await using thief = await ProxyScene.start()
  await scene.proxy.inject({ type: 'refuse' })
  const { port } = scene.proxy
  const { faultProxy } = await import('../fault-proxy.ts')
  const taken = await faultProxy({ target: { port: thief.targetPort }, port })

  await expect(scene.proxy.heal()).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await taken.close()
  await scene.proxy.heal()

  await scene.connectAndEcho()
})
