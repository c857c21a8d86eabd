import type { LiveTick } from 'breakwater/protocol'
import { describe, expect, it, vi } from 'vitest'
import { liveTick } from '../../../test/fixtures/live-tick.ts'
import type { Clock } from '../clock/clock.ts'
import { createLiveStream, type LiveStream } from './live-stream.ts'

describe('createLiveStream()', () => {
  it('gives each tick to its listeners', async () => {
    const { stream, connections } = start()
    const seen: number[] = []
    stream.onTick((tick) => seen.push(tick.id))

    connections[0]?.send(liveTick(1_000))
    connections[0]?.send(liveTick(2_000))

    await vi.waitFor(() => expect(seen).toEqual([1, 2]))
    expect(stream.getState().status).toBe('live')
    stream.stop()
  })

  it('connects again after a break and asks for what came after the last tick', async () => {
    const { stream, connections, clock } = start()
    connections[0]?.send(liveTick(7_000))
    await vi.waitFor(() => expect(stream.getState().status).toBe('live'))

    connections[0]?.end()
    await vi.waitFor(() => expect(stream.getState().status).toBe('lost'))
    clock.advance(1_000)

    await vi.waitFor(() => expect(connections).toHaveLength(2))
    expect(connections[1]?.headers).toEqual({ 'last-event-id': '7' })
    stream.stop()
  })

  it('takes five silent seconds for a loss although the connection stands', async () => {
    const { stream, connections, clock } = start()
    connections[0]?.send(liveTick(1_000))
    await vi.waitFor(() => expect(stream.getState().status).toBe('live'))

    clock.advance(4_000)
    expect(stream.getState().status).toBe('live')
    clock.advance(1_000)

    expect(stream.getState().status).toBe('lost')
    stream.stop()
  })

  it('tells that ticks are gone for good', async () => {
    const { stream, connections } = start()
    let resets = 0
    stream.onReset(() => resets++)

    connections[0]?.write('event: reset\n\n')

    await vi.waitFor(() => expect(resets).toBe(1))
    stream.stop()
  })

  it('tries again after an answer that is no success', async () => {
    const { stream, connections, clock } = start(503)
    await vi.waitFor(() => expect(stream.getState().status).toBe('lost'))

    clock.advance(1_000)

    await vi.waitFor(() => expect(connections).toHaveLength(2))
    stream.stop()
  })

  it('does not come back after it was stopped', async () => {
    const { stream, connections, clock } = start(503)
    await vi.waitFor(() => expect(stream.getState().status).toBe('lost'))

    stream.stop()
    clock.advance(60_000)

    expect(connections).toHaveLength(1)
  })
})

interface Connection {
  readonly headers: RequestInit['headers']
  send(tick: LiveTick): void
  write(text: string): void
  end(): void
}

interface Started {
  readonly stream: LiveStream
  readonly connections: Connection[]
  readonly clock: ManualClock
}

function start(status = 200): Started {
  const connections: Connection[] = []
  const clock = new ManualClock()
  const open = (_url: string, { headers }: RequestInit): Promise<Response> => {
    const pipe = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 100 })
    const writer = pipe.writable.getWriter()
    const write = (text: string): void => void writer.write(new TextEncoder().encode(text))
    const send = (tick: LiveTick): void =>
      write(`id: ${tick.id}\nevent: tick\ndata: ${JSON.stringify(tick)}\n\n`)
    connections.push({ headers, send, write, end: () => void writer.close() })
    return Promise.resolve(new Response(pipe.readable, { status }))
  }
  return { stream: createLiveStream({ clock, url: '/live', fetch: open }), connections, clock }
}

class ManualClock implements Clock {
  #now = 0
  readonly #timers = new Set<{ at: number; every: number | undefined; run: () => void }>()

  now(): number {
    return this.#now
  }

  every(ms: number, run: () => void): () => void {
    return this.#add({ at: this.#now + ms, every: ms, run })
  }

  after(ms: number, run: () => void): () => void {
    return this.#add({ at: this.#now + ms, every: undefined, run })
  }

  advance(ms: number): void {
    for (const end = this.#now + ms; this.#now < end;) {
      this.#now += 1_000
      for (const timer of [...this.#timers].filter(({ at }) => at <= this.#now)) this.#fire(timer)
    }
  }

  #fire(timer: { at: number; every: number | undefined; run: () => void }): void {
    if (timer.every === undefined) this.#timers.delete(timer)
    else timer.at += timer.every
    timer.run()
  }

  #add(timer: { at: number; every: number | undefined; run: () => void }): () => void {
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }
}
