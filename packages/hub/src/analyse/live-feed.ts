import type { HubStatus, LiveTick } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import type { LiveWindow } from './live-window.ts'

/** A tick as it is sent. */
export interface EncodedTick {
  readonly id: number
  readonly json: string
}

/** What a reader that comes back is to be sent. */
export type MissedTicks = readonly EncodedTick[] | 'gone'

const keptTicks = 900
const keptBytes = 16_777_216

/** The live stream's ticks: makes one each second, keeps the last 900 for readers that come back. */
export class LiveFeed {
  readonly #window: LiveWindow
  readonly #clock: Clock
  readonly #status: () => Promise<HubStatus>
  readonly #listeners = new Set<(tick: EncodedTick) => void>()
  #ticks: EncodedTick[] = []
  #bytes = 0
  #lastId = 0

  constructor(parts: { window: LiveWindow; clock: Clock; status: () => Promise<HubStatus> }) {
    this.#window = parts.window
    this.#clock = parts.clock
    this.#status = parts.status
  }

  /** Calls `listener` with each new tick until the returned function is called. */
  subscribe(listener: (tick: EncodedTick) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The ticks after `lastId`; `'gone'` when some of them are not kept any more, or are another hub's. */
  since(lastId: number): MissedTicks {
    if (lastId === this.#lastId) return []
    const index = this.#ticks.findIndex(({ id }) => id === lastId)
    return index === -1 ? 'gone' : this.#ticks.slice(index + 1)
  }

  /** Makes a tick of what happened since the last one. */
  async tick(): Promise<void> {
    const now = this.#clock.now()
    const hub = await this.#status()
    // The time is part of the number, so that a hub that was started anew does not use a number twice.
    const id = Math.max(this.#lastId + 1, Math.floor(now / 1_000))
    this.#lastId = id
    const tick: LiveTick = { id, at: now, ...this.#window.take(), hub }
    const encoded = { id, json: JSON.stringify(tick) }
    this.#keep(encoded)
    for (const listener of this.#listeners) listener(encoded)
  }

  #keep(tick: EncodedTick): void {
    this.#ticks.push(tick)
    this.#bytes += tick.json.length
    while (this.#ticks.length > keptTicks || (this.#bytes > keptBytes && this.#ticks.length > 1)) {
      this.#bytes -= this.#ticks.shift()?.json.length ?? 0
    }
  }
}
