/** One message of an event stream. */
export interface StreamMessage {
  readonly event: string
  readonly data: string
  readonly id: string | undefined
}

/** Takes an event stream apart as it comes in, in pieces of any size. */
export interface SseParser {
  /** The messages that this piece completes. */
  feed(text: string): StreamMessage[]
}

const maxPendingLength = 4_000_000

/**
 * Creates a parser for one connection.
 *
 * @throws RangeError from `feed` when a message is longer than four million characters.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function createSseParser(): SseParser {
  let pending = ''
  return {
    feed(text) {
      pending += text
      const blocks = pending.split(/\r\n\r\n|\n\n|\r\r/)
      pending = blocks.pop() ?? ''
      if (pending.length > maxPendingLength) throw new RangeError('A message of the live stream is too long')
      return blocks.map(parseBlock).filter((message) => message !== undefined)
    },
  }
}

function parseBlock(block: string): StreamMessage | undefined {
  let event = 'message'
  let id: string | undefined
  const data: string[] = []
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [field, value] = splitLine(line)
    if (field === 'event') event = value
    if (field === 'id') id = value
    if (field === 'data') data.push(value)
  }
  // Comments keep the connection warm and are no message; `reset` may come without data.
  if (data.length === 0 && event === 'message') return undefined
  return { event, data: data.join('\n'), id }
}

function splitLine(line: string): [string, string] {
  const colon = line.indexOf(':')
  if (colon < 0) return [line, '']
  const value = line.slice(colon + 1)
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value]
}
