import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { ProxyScene } from '../../../test/proxy-fixtures/proxy-scene.ts'
import { until } from '../../../test/proxy-fixtures/until.ts'
import type { ProxyFault } from './faults/proxy-faults.ts'

const megabyte = 1_048_576
const block = Buffer.from(Array.from({ length: 65_536 }, (_, i) => (i * 31 + (i >> 8) * 7) % 256))

/** So many bytes, of which no two megabytes are alike. */
function* bytes(count: number, salt: number): Generator<Buffer> {
  for (let at = 0; at < count; at += block.length) {
    const next = Buffer.from(block)
    next.writeUInt32BE(at + salt, 0)
    yield next.subarray(0, Math.min(block.length, count - at))
  }
}

function hashOf(chunks: Iterable<Buffer>): string {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

async function hashRead(socket: Socket): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of socket) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Sends different bytes both ways at once; the hashes of what arrived at the target and at the client. */
async function exchange(count: number, fault?: ProxyFault): Promise<{ hashes: string[]; scene: ProxyScene }> {
  const arrived = Promise.withResolvers<string>()
  await using scene = await ProxyScene.start({}, (socket) => {
    hashRead(socket).then(arrived.resolve, arrived.reject)
    void pipeline(Readable.from(bytes(count, 1)), socket)
  })
  if (fault !== undefined) await scene.proxy.inject(fault)
  const client = scene.connect().socket
  client.removeAllListeners('data')
  const answer = hashRead(client)
  await pipeline(Readable.from(bytes(count, 2)), client)
  return { hashes: [await arrived.promise, await answer], scene }
}

const expected = (count: number): string[] => [hashOf(bytes(count, 2)), hashOf(bytes(count, 1))]

describe('faultProxy() keeps every byte in its place', () => {
  it('of 32 MiB in both directions at once', async () => {
    const { hashes, scene } = await exchange(32 * megabyte)

    expect(hashes).toEqual(expected(32 * megabyte))
    const { counters, gauges } = scene.proxy.stats()
    expect(counters).toMatchObject({ bytesToTarget: 32 * megabyte, bytesToClient: 32 * megabyte })
    expect([counters.droppedBytes, gauges.heldBytes]).toEqual([0, 0])
  })

  it('of 300,000 bytes each way in slices of 1,000', async () => {
    const { hashes } = await exchange(300_000, { type: 'slice', bytes: 1_000, direction: 'both' })

    expect(hashes).toEqual(expected(300_000))
  })

  it('of what was sent into a black hole, once it is gone', async () => {
    await using scene = await ProxyScene.start()
    const client = scene.connect()
    await until(() => scene.served.length === 1)
    const hole = await scene.proxy.inject({ type: 'black-hole' })

    const text = block.toString('latin1')
    client.socket.write(block)
    await until(() => scene.proxy.stats().gauges.heldBytes > 0)
    await hole.remove()
    await until(() => client.text.length === text.length)

    expect(client.text === text).toBe(true)
  })
})

describe('faultProxy() with a receiver that does not read', () => {
  it('holds no more than it may, and stops to read', async () => {
    const bufferBytes = 100_000
    let written = 0
    await using scene = await ProxyScene.start({ bufferBytes }, (socket) => {
      for (; written < 64 * megabyte; written += block.length) socket.write(block)
    })
    const held: number[] = []
    scene.connect().socket.pause()
    await until(() => {
      held.push(scene.proxy.stats().gauges.heldBytes)
      return held.filter((bytes) => bytes >= bufferBytes).length === 50
    })

    expect(Math.max(...held)).toBeLessThan(bufferBytes + 65_536)
    expect(scene.proxy.stats().counters.bytesToClient).toBeLessThan(written / 2)
  })

  it('passes all when it reads at last', async () => {
    const count = 24 * megabyte
    await using scene = await ProxyScene.start({ bufferBytes: 10_000 }, (socket) => {
      void pipeline(Readable.from(bytes(count, 1)), socket)
    })
    const client = scene.connect().socket
    client.removeAllListeners('data')
    client.pause()
    await until(() => scene.proxy.stats().gauges.heldBytes >= 10_000)

    expect(await hashRead(client)).toBe(hashOf(bytes(count, 1)))
  })
})
