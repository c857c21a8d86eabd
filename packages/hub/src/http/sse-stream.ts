import type { ServerResponse } from 'node:http'

/** A message of a stream. */
export interface SseMessage {
  readonly event: string
  readonly id?: number
  /** One line. */
  readonly data: string
}

const maxBufferedBytes = 1_048_576

/** A response that goes on. A reader that takes in less than is sent to it is dropped: it may come back and resume. */
export class SseStream {
  readonly #response: ServerResponse
  readonly #dropped: () => void
  readonly #closers: (() => void)[] = []
  #allowance = maxBufferedBytes

  constructor(response: ServerResponse, dropped: () => void) {
    this.#response = response
    this.#dropped = dropped
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    response.on('close', () => {
      for (const close of this.#closers.splice(0)) close()
    })
    response.on('error', () => response.destroy())
    this.comment('hello')
  }

  /** Calls `closer` when the stream is over. */
  onClose(closer: () => void): void {
    this.#closers.push(closer)
  }

  /** Sends messages at once, however many they are. */
  replay(messages: readonly SseMessage[]): void {
    const text = messages.map(encode).join('')
    this.#allowance = maxBufferedBytes + Buffer.byteLength(text)
    this.#write(text)
  }

  /** Sends a message. */
  send(message: SseMessage): void {
    this.#write(encode(message))
  }

  /** Sends a comment, which readers do not see. */
  comment(text: string): void {
    this.#write(`: ${text}\n\n`)
  }

  /** Ends the stream. */
  end(): void {
    this.#response.end()
  }

  #write(text: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) return
    if (this.#response.writableLength > this.#allowance) {
      this.#dropped()
      this.#response.destroy()
      return
    }
    this.#response.write(text)
  }
}

function encode({ event, id, data }: SseMessage): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`
  return `event: ${event}\n${idLine}data: ${data}\n\n`
}
