import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Peer } from '../../../test/proxy-fixtures/peer.ts'
import { ProxyScene } from '../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../test/proxy-fixtures/until.ts'
import { FakeClock } from '../fake-clock.ts'
import type { FaultProxy } from './fault-proxy-api.ts'
import { faultProxy } from './fault-proxy.ts'
import type { ProxyFault } from './faults/proxy-faults.ts'

/** Sockets and servers that this process has open. */
const openHandles = (): number =>
  process.getActiveResourcesInfo().filter((name) => /^(TCP|Pipe).*(Socket|Server)/.test(name)).length

const faults: readonly ProxyFault[] = [
  { type: 'black-hole' },
  { type: 'latency', ms: 1_000, direction: 'both' },
  { type: 'bandwidth', bytesPerSecond: 1 },
  { type: 'slow-close', ms: 1_000 },
  { type: 'slice', bytes: 1, gapMs: 1_000 },
  { type: 'cut-off', afterBytes: 3 },
  { type: 'reset', afterBytes: 3 },
  { type: 'refuse' },
]

describe('close()', () => {
  it.each(faults)('leaves no socket, no timer and no listener with %j', async (fault) => {
    const before = openHandles()
    await playWith(fault)

    await until(() => openHandles() <= before)
    expect(openHandles()).toBe(before)
  })

  it('ends connections that are open, and those that are just being made', async () => {
    await using scene = await ProxyScene.start()
    const client = await scene.connectAndEcho()
    const late = scene.connect()

    await scene.proxy.close()
    const { counters } = scene.proxy.stats()
    await Promise.all([client.hasSeen('end'), scene.served[0]?.hasSeen('end')])
    await until(() => late.saw.length > 0)

    expect(counters.closed).toBe(counters.accepted)
    expect(scene.proxy.stats().gauges).toEqual({ open: 0, heldBytes: 0, faults: 0, isListening: 0 })
  })

  it('may be called again, and after a fault that was left in', async () => {
    await using scene = await ProxyScene.start()
    await scene.proxy.inject({ type: 'refuse' })

    const first = scene.proxy.close()

    expect(scene.proxy.close()).toBe(first)
    await first
    await scene.proxy.heal()
    expect(scene.proxy.stats().gauges.isListening).toBe(0)
  })

  it('makes inject() reject', async () => {
    await using scene = await ProxyScene.start()
    await scene.proxy.close()

    await expect(scene.proxy.inject({ type: 'refuse' })).rejects.toMatchObject({
      code: 'FAULT_PROXY_CLOSED',
    })
  })
})

describe('faultProxy()', () => {
  it('rejects when its port is taken, and leaves nothing', async () => {
    await using scene = await ProxyScene.start()

    const second = faultProxy({ target: { port: 1 }, port: scene.proxy.port })

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('reaches a target by IPv6, and listens there', async ({ skip }) => {
    const server = createServer((socket) => socket.end('six'))
    const canListen = await listens(server, '::1')
    if (!canListen) return skip('there is no IPv6')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await using proxy = await faultProxy({ target: { host: '::1', port }, host: '::1' })
    const client = Peer.to(proxy.port, '::1')

    await client.hasText('six')

    client.socket.destroy()
    server.close()
  })

  it('reaches a target by the path of a Unix socket, also one that resets', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'breakwater-proxy-'))
    const path = join(folder, 'socket')
    const server = createServer((socket) => socket.write('unix'))
    server.listen(path)
    await once(server, 'listening')
    await using proxy = await faultProxy({ target: { path } })
    const client = Peer.to(proxy.port)
    await client.hasText('unix')

    await proxy.inject({ type: 'reset' })
    await client.hasSeen('close')

    expect(client.saw).toEqual(['ECONNRESET', 'close'])
    server.close()
    rmSync(folder, { recursive: true })
  })
})

/** A fault with connections that have bytes under way, one of them half closed, and one that came after it. */
async function playWith(fault: ProxyFault): Promise<void> {
  await using scene = await ProxyScene.start()
  const [open, half] = [await scene.connectAndEcho(), await scene.connectAndEcho()]
  const clock = new FakeClock()
  const proxy: FaultProxy = await faultProxy({ target: { port: scene.targetPort }, clock })
  const clients = [Peer.to(proxy.port), Peer.to(proxy.port)]
  await until(() => proxy.stats().counters.accepted === 2)
  await proxy.inject(fault)
  const late = Peer.to(proxy.port)
  for (const { socket } of [...clients, late, open]) socket.write('hello')
  for (const { socket } of [half, ...clients.slice(1)]) socket.end()
  await until(() => scene.served.length >= 4)
  await clock.advance(1)
  await proxy.close()
  clock.expectIdle()
  for (const { socket } of [...clients, late]) socket.destroy()
}

async function listens(server: ReturnType<typeof createServer>, host: string): Promise<boolean> {
  server.listen(0, host)
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  }
}
