import type { DroppedFacts } from '../protocol/index.ts'
import { addDropped, nothingDropped } from './fold-facts.ts'
import type { Delivery, HubClient } from './hub-client.ts'
import type { Lane, LaneEntry } from './lane.ts'
import type { ProblemGate } from './problem-gate.ts'
import type { Quarantine } from './quarantine.ts'
import type { ResolvedReporterOptions } from './reporter-options.ts'
import { lostWith, shrinkLane } from './shrink-lane.ts'

/** What a sender works with. */
export interface SenderParts {
  readonly options: ResolvedReporterOptions
  readonly client: HubClient
  readonly quarantine: Quarantine
  readonly problems: ProblemGate
}

/** The first wait after a failed try, milliseconds; it doubles up to `maxBackoffMs`. */
const firstBackoffMs = 250

/**
 * Sends what waits in the lanes, one report at a time. All its work is one chain of steps, so there is never
 * a second report in flight and never a file written while it is renamed.
 */
export class Sender {
  #own: Lane
  #adopted: Lane[] = []
  readonly #parts: SenderParts
  #work: Promise<void> | undefined
  #isAwaited = false
  #failures = 0
  #retryAt = 0
  #dropped: DroppedFacts = nothingDropped

  constructor(parts: SenderParts, own: Lane) {
    this.#parts = parts
    this.#own = own
  }

  /** The reports of this process. */
  get own(): Lane {
    return this.#own
  }

  /** The reports of dead instances. */
  get adopted(): readonly Lane[] {
    return this.#adopted
  }

  /** Sends the reports of dead instances too. */
  adopt(lanes: readonly Lane[]): void {
    this.#adopted.push(...lanes)
  }

  /** What waits in memory unsent goes on in another lane; what was on disk is gone with the old one. */
  moveTo(lane: Lane): void {
    for (const text of this.#own.takeUnsent()) lane.push(text)
    this.#own = lane
  }

  /** Whether the last try failed. */
  get isHubAway(): boolean {
    return this.#failures > 0
  }

  /** When the next try may be made, monotonic milliseconds. */
  get retryAt(): number {
    return this.#retryAt
  }

  /** Takes out what was dropped since the call before. */
  takeDropped(): DroppedFacts {
    const dropped = this.#dropped
    this.#dropped = nothingDropped
    return dropped
  }

  /** Sends until nothing waits or the hub does not answer. Never rejects. `isForced` does not wait for the next try. */
  pump(isForced = false): Promise<void> {
    if (isForced) this.#retryAt = 0
    this.#isAwaited = true
    this.#work ??= this.#drain().finally(() => {
      this.#work = undefined
    })
    return this.#work
  }

  async #drain(): Promise<void> {
    while (this.#isAwaited) {
      this.#isAwaited = false
      try {
        while (await this.#step());
        await this.#keepWithinLimits()
      } catch (error) {
        this.#parts.problems.tell('spool-failed', `Cannot use the spool: ${String(error)}`)
      }
    }
  }

  /** Sends one report; false when there is none or it must wait. */
  async #step(): Promise<boolean> {
    if (this.#parts.options.clock.now() < this.#retryAt) return false
    const lane = [this.#own, ...this.#adopted].find((candidate) => candidate.entries.length > 0)
    const entry = lane?.entries[0]
    if (lane === undefined || entry === undefined) return false
    const body = await this.#freeze(lane, entry)
    if (body === undefined) return true
    return await this.#settle(lane, entry, await this.#parts.client.send(body))
  }

  /** Undefined when the file is gone or spoiled: another process has taken it, or the disk failed. */
  async #freeze(lane: Lane, entry: LaneEntry): Promise<string | undefined> {
    try {
      return await lane.freeze(entry)
    } catch (error) {
      this.#parts.problems.tell('spool-failed', `Cannot read a spooled report: ${String(error)}`)
      await lane.discard(entry).catch(() => undefined)
      return undefined
    }
  }

  async #settle(lane: Lane, entry: LaneEntry, delivery: Delivery): Promise<boolean> {
    if (delivery.kind === 'later' || delivery.kind === 'denied') {
      this.#retreat(delivery)
      return false
    }
    this.#failures = 0
    if (delivery.kind === 'refused') await this.#refuse(lane, entry, delivery.reason)
    await lane.finish(entry)
    if (lane.entries.length === 0) this.#retire(lane)
    return true
  }

  /** Full jitter between a half and the whole of a doubling wait; `Retry-After` when it is longer. */
  #retreat(delivery: Extract<Delivery, { readonly retryAfterMs: number }>): void {
    const { options, problems } = this.#parts
    const ceiling = Math.min(options.maxBackoffMs, firstBackoffMs * 2 ** Math.min(this.#failures, 20))
    const waitMs = Math.max(ceiling * (0.5 + options.random.next() / 2), delivery.retryAfterMs)
    this.#failures += 1
    this.#retryAt = options.clock.now() + waitMs
    const kind = delivery.kind === 'denied' ? 'hub-denied' : 'hub-away'
    problems.tell(kind, `The hub took no report: ${delivery.reason}`)
  }

  async #refuse(lane: Lane, entry: LaneEntry, reason: string): Promise<void> {
    const text = await lane.read(entry)
    this.#dropped = addDropped(this.#dropped, lostWith(text))
    this.#parts.problems.tell('report-refused', `The hub refused report ${String(entry.sequence)}: ${reason}`)
    await this.#parts.quarantine.keep(lane.identity, entry.sequence ?? 0, text)
  }

  #retire(lane: Lane): void {
    const index = this.#adopted.indexOf(lane)
    if (index < 0) return
    this.#adopted.splice(index, 1)
    lane.folder?.removeSync()
  }

  /** While the hub is away: everything to disk, and no more of it than allowed. */
  async #keepWithinLimits(): Promise<void> {
    const { options } = this.#parts
    const own = this.#own
    if (this.isHubAway) await this.#spill(own)
    this.#count(await shrinkLane(own, { bytes: options.maxWaitingBytes, reports: options.maxWaitingReports }))
    let room = options.maxWaitingBytes
    for (const lane of this.#adopted.toReversed()) {
      this.#count(await shrinkLane(lane, { bytes: Math.max(0, room), reports: options.maxWaitingReports }))
      room -= lane.bytes
      if (lane.entries.length === 0) this.#retire(lane)
    }
  }

  /** A disk that fails leaves everything in memory, within the same limits. */
  async #spill(lane: Lane): Promise<void> {
    try {
      await lane.spill()
    } catch (error) {
      this.#parts.problems.tell('spool-failed', `Cannot write to the spool: ${String(error)}`)
    }
  }

  #count(dropped: DroppedFacts): void {
    if (dropped.reports === 0 && dropped.events === 0) return
    this.#dropped = addDropped(this.#dropped, dropped)
    this.#parts.problems.tell(
      'facts-dropped',
      `The spool is full: ${String(dropped.reports)} reports were dropped`,
    )
  }
}
