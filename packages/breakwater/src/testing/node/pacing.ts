import type { FlowShape } from './flow-shape.ts'

/** What is next in line. */
export interface Piece {
  /** 0 for the end of the stream. */
  readonly bytes: number
  readonly arrivedAt: number
  /** Its place within the jitter, [0, 1). */
  readonly share: number
  /** What its kind waits besides, milliseconds. */
  readonly extraMs: number
}

/** A timer that is this late is made up for, milliseconds; what came later than that saved up no capacity of the link. */
const forgivenMs = 50

/**
 * When the bytes of a flow may pass: they go over a link of limited rate one after the other, then each takes its latency,
 * and none overtakes another.
 *
 *     arrived ─▶ link free ─▶ bytes / rate ─▶ latency ± jitter ─▶ gap after the last ─▶ passes
 */
export class Pacing {
  #linkFreeAt = -Infinity
  #passedAt = -Infinity

  /** The earliest time at which a piece may pass. */
  dueOf(piece: Piece, shape: FlowShape): number {
    const delayMs = shape.latencyMs + shape.jitterMs * (2 * piece.share - 1)
    const dueAt = this.#overLinkAt(piece, shape) + Math.max(0, delayMs) + piece.extraMs
    return Math.max(dueAt, this.#passedAt + shape.gapMs)
  }

  /** It passed, now or a little after it was due. */
  pass(piece: Piece, shape: FlowShape, now: number): void {
    const lateMs = now - this.dueOf(piece, shape)
    this.#linkFreeAt = this.#overLinkAt(piece, shape) + Math.max(0, lateMs - forgivenMs)
    this.#passedAt = now
  }

  #overLinkAt({ arrivedAt, bytes }: Piece, { bytesPerSecond }: FlowShape): number {
    return Math.max(arrivedAt, this.#linkFreeAt) + (1_000 * bytes) / bytesPerSecond
  }
}
