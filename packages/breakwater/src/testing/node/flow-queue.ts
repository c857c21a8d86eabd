/** Bytes that arrived together. */
export interface Chunk {
  bytes: Buffer
  readonly arrivedAt: number
  /** Its place within the jitter, [0, 1); drawn when it is needed first. */
  share: number | undefined
}

/** However small the chunks are, no more of them are kept than that. */
const mostChunks = 1_024

/** The bytes of one direction that have arrived and not passed. It takes what it is given; who gives asks `isFull` first. */
export class FlowQueue {
  readonly #chunks: Chunk[] = []
  readonly #limit: number
  #bytes = 0

  /** Full at so many bytes. */
  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get isFull(): boolean {
    return this.#bytes >= this.#limit || this.#chunks.length >= mostChunks
  }

  get first(): Chunk | undefined {
    return this.#chunks[0]
  }

  add(bytes: Buffer, arrivedAt: number): void {
    this.#chunks.push({ bytes, arrivedAt, share: undefined })
    this.#bytes += bytes.length
  }

  /** Takes so many bytes from the first chunk, at most all of it. */
  take(chunk: Chunk, bytes: number): Buffer {
    const taken = chunk.bytes.subarray(0, bytes)
    chunk.bytes = chunk.bytes.subarray(bytes)
    if (chunk.bytes.length === 0) this.#chunks.shift()
    this.#bytes -= taken.length
    return taken
  }

  /** Drops all; the result is how many bytes that were. */
  drop(): number {
    const dropped = this.#bytes
    this.#chunks.length = 0
    this.#bytes = 0
    return dropped
  }
}
