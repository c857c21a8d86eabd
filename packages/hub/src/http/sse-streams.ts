import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import { SseStream } from './sse-stream.ts'

/** The open streams: bounded, kept awake, and ended together when the hub stops. */
export class SseStreams {
  readonly #max: number
  readonly #open = new Set<SseStream>()
  readonly #dropped: () => void

  constructor(max: number, dropped: () => void) {
    this.#max = max
    this.#dropped = dropped
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size
  }

  /**
   * Makes a response a stream.
   *
   * @throws {ApiError} when as many are open as may be.
   */
  start(response: ServerResponse): SseStream {
    if (this.#open.size >= this.#max) {
      throw new ApiError('TOO_MANY_STREAMS', `${this.#max} streams are open`, { retryAfterS: 10 })
    }
    const stream = new SseStream(response, this.#dropped)
    this.#open.add(stream)
    stream.onClose(() => this.#open.delete(stream))
    return stream
  }

  /** Sends a comment to each, so that nobody in between takes it for dead. */
  keepAwake(): void {
    for (const stream of this.#open) stream.comment('awake')
  }

  /** Ends all of them. */
  close(): void {
    for (const stream of this.#open) stream.end()
  }
}
