/** A message of a server-sent stream. */
export interface StreamMessage {
  readonly event: string
  readonly id: string
  readonly data: unknown
}

/** Reads messages of a stream one by one; ends with the stream. */
export async function* readStream(response: Response): AsyncGenerator<StreamMessage, void> {
  const decoder = new TextDecoder()
  let text = ''
  if (response.body === null) return
  const body: AsyncIterable<Uint8Array> = response.body
  for await (const part of body) {
    text += decoder.decode(part, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    yield* blocks.filter((block) => !block.startsWith(':')).map(messageOf)
  }
}

/** The next message; fails when the stream ends before. */
export async function nextMessage(stream: AsyncGenerator<StreamMessage, void>): Promise<StreamMessage> {
  const { value } = await stream.next()
  if (value === undefined) throw new Error('The stream ended')
  return value
}

function messageOf(block: string): StreamMessage {
  const field = (name: string): string =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? ''
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) }
}
