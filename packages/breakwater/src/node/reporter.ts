import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Timer } from '../clock/clock.ts'
import type { EventFacts } from '../protocol/index.ts'
import { adoptSpools } from './adopt-spools.ts'
import { ControlClient } from './control-client.ts'
import { guardAgainstCrash } from './crash-guard.ts'
import { fitFacts } from './fit-facts.ts'
import { addDropped, foldFacts } from './fold-facts.ts'
import { HubClient } from './hub-client.ts'
import { Lane } from './lane.ts'
import { ProblemGate } from './problem-gate.ts'
import { Quarantine } from './quarantine.ts'
import type { CollectedFacts } from './report-source.ts'
import {
  type ReporterOptions,
  type ResolvedReporterOptions,
  resolveReporterOptions,
} from './reporter-options.ts'
import { Sender } from './sender.ts'
import { SpoolFolder } from './spool-folder.ts'
import { folderName } from './spool-name.ts'
import type { ProcessMark } from './spool-owner.ts'

/** How a reporter is doing. */
export interface ReporterStatus {
  readonly isHubAway: boolean
  /** Reports that wait, in memory and on disk, also those of dead instances. */
  readonly waitingReports: number
  readonly waitingBytes: number
}

/** Sends a runtime's facts to the hub and brings the hub's orders back. */
export interface Reporter {
  /** Reports now. Resolves when all is sent (true) or the hub does not answer (false). */
  flush(): Promise<boolean>
  /**
   * Sends what is left with a last report marked `final`, within `closeMs`; what could not be sent waits on
   * disk for the next start. Never rejects. Keeps the process alive meanwhile, and only meanwhile.
   */
  close(): Promise<void>
  status(): ReporterStatus
}

/** Between two looks for spools of dead instances, and between two signs of life, milliseconds. */
const housekeepingMs = 10_000

/**
 * Starts reporting: one report a second, sooner when something is urgent. Nothing that it does can fail or
 * delay the application, nor keep its process alive.
 */
export function createReporter(options: ReporterOptions): Reporter {
  return new HubReporter(resolveReporterOptions(options))
}

class HubReporter implements Reporter {
  readonly #options: ResolvedReporterOptions
  readonly #client: HubClient
  readonly #sender: Sender
  readonly #lane: Lane
  readonly #problems: ProblemGate
  readonly #serviceFolder: string | undefined
  readonly #self: ProcessMark
  readonly #control: ControlClient | undefined
  readonly #stopListening: Array<() => void> = []
  #timer: Timer | undefined
  #dueAt = Infinity
  #collectedAt = -Infinity
  #housekeptAt = -Infinity
  #closing: Promise<void> | undefined

  constructor(options: ResolvedReporterOptions) {
    const { source, clock, spoolDir } = options
    this.#options = options
    this.#self = {
      pid: process.pid,
      host: hostname(),
      processStartedAt: clock.epochNow() - process.uptime() * 1_000,
    }
    this.#serviceFolder =
      spoolDir === undefined ? undefined : join(spoolDir, folderName(source.identity.service))
    this.#problems = new ProblemGate(clock, options.onProblem)
    this.#client = new HubClient(options.hub, clock, options.timeoutMs)
    this.#lane = new Lane(source.identity, this.#makeFolder())
    const quarantine = new Quarantine(this.#inServiceFolder('quarantine'))
    this.#sender = new Sender({ options, client: this.#client, quarantine, problems: this.#problems })
    this.#sender.lanes.push(this.#lane)
    this.#listen()
    this.#control = options.control ? this.#startControl() : undefined
    this.#schedule(options.intervalMs)
  }

  async flush(): Promise<boolean> {
    this.#collect()
    await this.#sender.pump(true)
    return this.#lane.entries.length === 0
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  status(): ReporterStatus {
    const { lanes, isHubAway } = this.#sender
    return {
      isHubAway,
      waitingReports: lanes.reduce((sum, lane) => sum + lane.entries.length, 0),
      waitingBytes: lanes.reduce((sum, lane) => sum + lane.bytes, 0),
    }
  }

  #makeFolder(): SpoolFolder | undefined {
    const { identity } = this.#options.source
    const path = this.#inServiceFolder(folderName(identity.instance))
    if (path === undefined) return undefined
    const owner = (): string =>
      JSON.stringify({ identity, ...this.#self, heartbeatAt: this.#options.clock.epochNow() })
    return new SpoolFolder(path, owner, false)
  }

  #inServiceFolder(name: string): string | undefined {
    return this.#serviceFolder === undefined ? undefined : join(this.#serviceFolder, name)
  }

  #listen(): void {
    const { source, clock, random, scrubber, urgentMs, crashGuard } = this.#options
    this.#stopListening.push(source.onUrgent(() => this.#schedule(urgentMs)))
    if (!crashGuard) return
    const stop = guardAgainstCrash({
      clock,
      random,
      ...(scrubber !== undefined && { scrubber }),
      onUncaught: (facts) => this.#writeLast(facts),
      onExit: () => this.#writeLast(),
    })
    this.#stopListening.push(stop)
  }

  #startControl(): ControlClient {
    const { source, clock, random } = this.#options
    const control = new ControlClient({
      client: this.#client,
      clock,
      random,
      identity: source.identity,
      file: this.#inServiceFolder('control.json'),
      apply: (state) => source.applyControl(state),
      onConnected: () => void this.#sender.pump(this.#sender.isHubAway),
      onProblem: (message) => this.#problems.tell('source-failed', message),
    })
    control.start()
    return control
  }

  /** The earlier of what is planned and what is asked for, but never sooner than `spacingMs` after the last. */
  #schedule(delayMs: number): void {
    const { clock, spacingMs } = this.#options
    const now = clock.now()
    const dueAt = Math.max(now + delayMs, this.#collectedAt + spacingMs)
    if (this.#closing !== undefined || dueAt >= this.#dueAt) return
    this.#timer?.cancel()
    this.#dueAt = dueAt
    this.#timer = clock.setTimer(dueAt - now, () => this.#tick(), { ref: false })
  }

  #tick(): void {
    this.#dueAt = Infinity
    this.#collect()
    this.#schedule(this.#options.intervalMs)
    void this.#keepHouse().then(() => this.#sender.pump())
  }

  /** Never throws. */
  #collect(extra?: CollectedFacts, isFinal = false): void {
    const { clock, source } = this.#options
    this.#collectedAt = clock.now()
    try {
      const collected = source.collect()
      const facts = this.#withDropped(extra === undefined ? collected : foldFacts(collected, extra))
      const texts = fitFacts(facts)
      for (const [i, text] of texts.entries()) {
        const isLast = isFinal && i === texts.length - 1
        this.#lane.push(isLast ? `${text.slice(0, -1)},"final":true}` : text)
      }
    } catch (error) {
      this.#problems.tell('source-failed', `Cannot collect facts: ${String(error)}`)
    }
  }

  #withDropped(facts: CollectedFacts): CollectedFacts {
    const dropped = this.#sender.takeDropped()
    if (dropped.reports === 0 && dropped.events === 0) return facts
    const event: EventFacts = {
      type: 'FactsDropped',
      at: facts.to,
      message: `${String(dropped.reports)} reports were dropped while the hub was away or refused them`,
      details: { reports: dropped.reports, faultCounts: dropped.faultCounts, events: dropped.events },
    }
    return { ...facts, events: [...facts.events, event], dropped: addDropped(facts.dropped, dropped) }
  }

  /** Signs of life and adoption of what dead instances left. Never rejects. */
  async #keepHouse(): Promise<void> {
    const { clock, source } = this.#options
    if (this.#serviceFolder === undefined || clock.now() - this.#housekeptAt < housekeepingMs) return
    this.#housekeptAt = clock.now()
    try {
      for (const lane of this.#sender.lanes) await lane.folder?.touch()
      const adopted = await adoptSpools({
        folder: this.#serviceFolder,
        instance: source.identity.instance,
        self: this.#self,
        now: () => clock.epochNow(),
      })
      this.#sender.lanes.push(...adopted)
    } catch (error) {
      this.#problems.tell('spool-failed', `Cannot look after the spool: ${String(error)}`)
    }
  }

  /** The process ends: everything that is not on disk is written now. */
  #writeLast(extra?: CollectedFacts): void {
    this.#collect(extra)
    try {
      this.#lane.spillSync()
    } catch (error) {
      this.#problems.tell('spool-failed', `Cannot write the last report: ${String(error)}`)
    }
  }

  async #close(): Promise<void> {
    const { clock, closeMs } = this.#options
    this.#timer?.cancel()
    this.#control?.stop()
    this.#collect(undefined, true)
    await new Promise<void>((resolve) => {
      const timer = clock.setTimer(closeMs, resolve)
      void this.#sender.pump(true).then(() => {
        timer.cancel()
        resolve()
      })
    })
    this.#client.destroy()
    for (const stop of this.#stopListening) stop()
    this.#leave()
  }

  #leave(): void {
    try {
      if (this.#lane.entries.length === 0) this.#lane.folder?.removeSync()
      else this.#lane.spillSync()
    } catch (error) {
      this.#problems.tell('spool-failed', `Cannot write the last report: ${String(error)}`)
    }
  }
}
