/** One event of a stream of server-sent events. */
export interface StreamEvent {
  /** `message` when the stream does not say. */
  readonly event: string
  readonly data: string
}

/** More than this in one event and the stream is no stream of ours. */
const longestEvent = 1_048_576

/**
 * Reads server-sent events from text that comes in pieces; comments and unknown fields are left out.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventStreamParser {
  readonly #onEvent: (event: StreamEvent) => void
  #rest = ''
  #event = ''
  #data = ''

  constructor(onEvent: (event: StreamEvent) => void) {
    this.#onEvent = onEvent
  }

  /** Reads on. Throws `RangeError` when an event is longer than 1 MiB. */
  push(text: string): void {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#readLine(line)
    if (this.#rest.length + this.#data.length > longestEvent) {
      throw new RangeError(`An event of the stream is longer than ${String(longestEvent)} characters`)
    }
  }

  #readLine(line: string): void {
    if (line === '') return this.#dispatch()
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#event = value
    else if (field === 'data') this.#data += `${value}\n`
  }

  #dispatch(): void {
    const data = this.#data.slice(0, -1)
    const event = this.#event === '' ? 'message' : this.#event
    const isEmpty = this.#data === ''
    this.#data = ''
    this.#event = ''
    if (!isEmpty) this.#onEvent({ event, data })
  }
}
