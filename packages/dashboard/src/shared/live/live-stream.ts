import type { LiveTick } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import {
  initialLiveState,
  type LiveState,
  reconnectDelayMs,
  withLoss,
  withReset,
  withTick,
} from './live-state.ts'
import { createSseParser, type StreamMessage } from './sse-parser.ts'

/** The hub's live stream: reconnects by itself and continues after the last tick it has. */
export interface LiveStream {
  getState(): LiveState
  /** Called at each change of the state. */
  subscribe(listener: () => void): () => void
  /** Called with each new tick. */
  onTick(listener: (tick: LiveTick) => void): () => void
  /** Called when ticks were lost for good: whatever is shown has to be asked for again. */
  onReset(listener: () => void): () => void
  /** Connects now instead of after the wait. */
  reconnect(): void
  stop(): void
}

/** What a stream is made of. */
export interface LiveStreamOptions {
  readonly clock: Clock
  readonly url: string
  /** `fetch`: it can carry `Last-Event-ID` after any kind of break, which `EventSource` cannot. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
}

const silenceMs = 5_000

/** Creates the stream and connects. */
export function createLiveStream(options: LiveStreamOptions): LiveStream {
  const stream = new Stream(options)
  stream.reconnect()
  return stream
}

class Stream implements LiveStream {
  readonly #options: LiveStreamOptions
  readonly #listeners = new Set<() => void>()
  readonly #tickListeners = new Set<(tick: LiveTick) => void>()
  readonly #resetListeners = new Set<() => void>()
  #state: LiveState = initialLiveState
  #connection = new AbortController()
  #cancelWait: () => void = () => undefined
  #failures = 0
  #lastId: string | undefined

  constructor(options: LiveStreamOptions) {
    this.#options = options
  }

  getState = (): LiveState => this.#state

  subscribe = (listener: () => void): (() => void) => listen(this.#listeners, listener)

  onTick = (listener: (tick: LiveTick) => void): (() => void) => listen(this.#tickListeners, listener)

  onReset = (listener: () => void): (() => void) => listen(this.#resetListeners, listener)

  reconnect = (): void => {
    this.stop()
    this.#connection = new AbortController()
    void this.#run(this.#connection)
  }

  stop = (): void => {
    this.#cancelWait()
    this.#connection.abort()
  }

  async #run(connection: AbortController): Promise<void> {
    const stopWatch = this.#options.clock.every(1_000, () => this.#watch(connection))
    try {
      await this.#read(connection.signal)
    } catch {
      // Whatever broke it, the answer is the same: say so and try again.
    } finally {
      stopWatch()
    }
    if (connection === this.#connection && !connection.signal.aborted) this.#retryLater()
  }

  async #read(signal: AbortSignal): Promise<void> {
    const headers = this.#lastId === undefined ? {} : { 'last-event-id': this.#lastId }
    const response = await this.#options.fetch(this.#options.url, { signal, headers, cache: 'no-store' })
    if (!response.ok || !response.body) return
    const parser = createSseParser()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const message of parser.feed(part.value)) this.#take(message)
    }
  }

  #take({ event, data, id }: StreamMessage): void {
    if (id !== undefined) this.#lastId = id
    if (event === 'reset') this.#reset()
    if (event === 'tick') this.#tick(data)
  }

  #tick(data: string): void {
    // Written by the hub that this page came with: parsed here, trusted from here on.
    const tick = JSON.parse(data) as LiveTick
    this.#failures = 0
    const before = this.#state.ticks
    this.#change(withTick(this.#state, tick, this.#options.clock.now()))
    if (this.#state.ticks === before) return
    for (const listener of this.#tickListeners) listener(tick)
  }

  #reset(): void {
    this.#change(withReset(this.#state))
    for (const listener of this.#resetListeners) listener()
  }

  // A hub that hangs keeps the connection open and says nothing: silence counts as a loss.
  #watch(connection: AbortController): void {
    const { status, receivedAt } = this.#state
    if (status !== 'live' || receivedAt === null) return
    if (this.#options.clock.now() - receivedAt < silenceMs || connection !== this.#connection) return
    connection.abort()
    this.#retryLater()
  }

  #retryLater(): void {
    this.#failures++
    this.#change(withLoss(this.#state))
    this.#cancelWait = this.#options.clock.after(reconnectDelayMs(this.#failures), this.reconnect)
  }

  #change(state: LiveState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
