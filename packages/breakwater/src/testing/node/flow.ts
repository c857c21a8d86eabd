import type { Socket } from 'node:net'
import type { Clock, Timer } from '../../clock/clock.ts'
import { nextMacrotask } from '../../clock/macrotask.ts'
import type { Random } from '../../random/random.ts'
import type { CutKind, FlowEffect } from './faults/flow-effect.ts'
import { type Chunk, FlowQueue } from './flow-queue.ts'
import { type AppliedEffect, type FlowShape, shapeOf } from './flow-shape.ts'
import { Pacing, type Piece } from './pacing.ts'

/** What the flows of a proxy work with. */
export interface FlowSettings {
  readonly clock: Clock
  readonly random: Random
  readonly bufferBytes: number
}

/** What a flow tells its connection. */
export interface FlowHost {
  /** Bytes passed. */
  passed(bytes: number): void
  /** So many bytes more, or with a minus fewer, are held. */
  held(bytes: number): void
  dropped(bytes: number): void
  /** The sender reset the connection, and all that came before has passed. */
  resetPassed(): void
  /** A fault ends the connection here. */
  cut(kind: CutKind): void
}

/** The end of a stream as its sender made it. */
interface Ending {
  readonly kind: CutKind
  readonly arrivedAt: number
  share: number | undefined
}

/**
 * One direction of a connection. What arrives waits in a queue until the effects let it pass and the receiver has room; while
 * the queue is full, nothing is read.
 *
 *     source ─▶ queue (bounded) ─▶ held? due? room? ─▶ sink
 *        ▲ paused while full                           │ cut: reset, or ended early
 */
export class Flow {
  readonly #settings: FlowSettings
  readonly #host: FlowHost
  readonly #queue: FlowQueue
  readonly #pacing = new Pacing()
  readonly #applied = new Map<object, AppliedEffect>()
  #shape: FlowShape = shapeOf([])
  #source: Socket | undefined = undefined
  #sink: Socket | undefined = undefined
  #ending: Ending | undefined = undefined
  #sent = 0
  #state: 'passing' | 'discarding' | 'over' = 'passing'
  /** The receiver has no room. */
  #isBlocked = false
  #isYielding = false
  #timer: Timer | undefined = undefined

  constructor(settings: FlowSettings, host: FlowHost) {
    this.#settings = settings
    this.#host = host
    this.#queue = new FlowQueue(settings.bufferBytes)
  }

  get isHeld(): boolean {
    return this.#shape.isHeld
  }

  readFrom(source: Socket): void {
    this.#source = source
    source.on('data', (bytes: Buffer) => this.#arrive(bytes))
    source.on('end', () => this.#end('end'))
    source.on('error', () => this.#end('reset'))
  }

  writeTo(sink: Socket): void {
    this.#sink = sink
    sink.on('drain', () => this.#unblock())
    sink.on('error', () => this.stop())
    this.#pump()
  }

  /** `owner` is what takes it away again. */
  apply(owner: object, effect: FlowEffect): void {
    this.#applied.set(owner, { effect, sentBefore: this.#sent })
    this.#reshape()
  }

  lift(owner: object): void {
    if (this.#applied.delete(owner)) this.#reshape()
  }

  /** Nothing passes any more; the source is read no further. */
  stop(): void {
    this.#finish('over')
    this.#source?.pause()
  }

  /** Nothing passes any more; what the source still sends is dropped, so that its end is seen. */
  discard(): void {
    this.#finish('discarding')
    this.#source?.resume()
  }

  #finish(state: 'discarding' | 'over'): void {
    this.#state = state
    this.#timer?.cancel()
    this.#timer = undefined
    const dropped = this.#queue.drop()
    this.#host.held(-dropped)
    this.#host.dropped(dropped)
  }

  #arrive(bytes: Buffer): void {
    if (this.#state !== 'passing') return this.#host.dropped(bytes.length)
    this.#queue.add(bytes, this.#settings.clock.now())
    this.#host.held(bytes.length)
    if (this.#queue.isFull) this.#source?.pause()
    this.#pump()
  }

  /** A reset counts also after the end: whoever closed one direction may die later. */
  #end(kind: CutKind): void {
    if (kind === 'reset' && this.#state !== 'passing') return this.#host.resetPassed()
    this.#ending = { kind, arrivedAt: this.#settings.clock.now(), share: undefined }
    this.#pump()
  }

  #reshape(): void {
    this.#shape = shapeOf([...this.#applied.values()])
    this.#pump()
  }

  #unblock(): void {
    this.#isBlocked = false
    this.#pump()
  }

  #pump(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    while (this.#state === 'passing' && !this.#isCut() && this.#mayPass()) this.#pass()
  }

  /** Does not wait in line, as it is not the sender's doing; only for the last bytes before it, that it may not overtake them. */
  #isCut(): boolean {
    if (this.#sent < this.#shape.cutAt || this.#isYielding) return false
    this.#host.cut(this.#shape.cutKind)
    return true
  }

  #mayPass(): boolean {
    if (this.#shape.isHeld || this.#isBlocked || this.#isYielding) return false
    const piece = this.#nextPiece()
    if (piece === undefined) return false
    const waitMs = this.#pacing.dueOf(piece, this.#shape) - this.#settings.clock.now()
    if (waitMs <= 0) return true
    this.#timer = this.#settings.clock.setTimer(waitMs, () => this.#pump())
    return false
  }

  #nextPiece(): Piece | undefined {
    const next = this.#queue.first ?? this.#ending
    if (next === undefined || (this.#sink === undefined && !isReset(next))) return undefined
    if (this.#shape.jitterMs > 0) next.share ??= this.#settings.random.next()
    const { arrivedAt, share = 0.5 } = next
    if ('kind' in next) {
      const extraMs = next.kind === 'end' ? this.#shape.closeDelayMs : 0
      return { bytes: 0, arrivedAt, share, extraMs }
    }
    const { pieceBytes, cutAt } = this.#shape
    const bytes = Math.min(next.bytes.length, pieceBytes, cutAt - this.#sent)
    return { bytes, arrivedAt, share, extraMs: 0 }
  }

  #pass(): void {
    const [piece, chunk] = [this.#nextPiece(), this.#queue.first]
    if (piece === undefined) return
    this.#pacing.pass(piece, this.#shape, this.#settings.clock.now())
    if (chunk === undefined) return this.#passEnd()
    this.#sent += piece.bytes
    this.#host.passed(piece.bytes)
    this.#write(chunk, piece.bytes)
  }

  #write(chunk: Chunk, bytes: number): void {
    const taken = this.#queue.take(chunk, bytes)
    this.#host.held(-bytes)
    this.#isBlocked = this.#sink?.write(taken) === false
    if (!this.#queue.isFull) this.#source?.resume()
    if (this.#shape.needsTurns || this.#sent >= this.#shape.cutAt) void this.#yield()
  }

  /** What comes next has to wait for a turn in which the event loop looked at its sockets: the receiver may be in this process. */
  async #yield(): Promise<void> {
    this.#isYielding = true
    await nextMacrotask()
    await nextMacrotask()
    this.#isYielding = false
    this.#pump()
  }

  #passEnd(): void {
    this.#state = 'over'
    if (this.#ending?.kind === 'reset') return this.#host.resetPassed()
    this.#sink?.end()
  }
}

function isReset(next: Chunk | Ending): boolean {
  return 'kind' in next && next.kind === 'reset'
}
