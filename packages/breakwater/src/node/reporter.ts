import { hostname } from 'node:os'
import { join } from 'node:path'
import { adoptSpools } from './adopt-spools.ts'
import { ControlClient } from './control-client.ts'
import { guardAgainstCrash } from './crash-guard.ts'
import { fitFacts } from './fit-facts.ts'
import { foldFacts } from './fold-facts.ts'
import { HubClient } from './hub-client.ts'
import { Lane } from './lane.ts'
import { ProblemGate } from './problem-gate.ts'
import { Quarantine } from './quarantine.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'
import { ReportSchedule } from './report-schedule.ts'
import {
  type ReporterOptions,
  type ResolvedReporterOptions,
  resolveReporterOptions,
} from './reporter-options.ts'
import { Sender } from './sender.ts'
import { SpoolFolder } from './spool-folder.ts'
import { folderName } from './spool-name.ts'
import { withDropped } from './with-dropped.ts'
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
  readonly #schedule: ReportSchedule
  readonly #serviceFolder: string | undefined
  readonly #self: ProcessMark
  readonly #control: ControlClient | undefined
  readonly #stopListening: Array<() => void> = []
  #housekeptAt = -Infinity
  #housekeeping: Promise<void> = Promise.resolve()
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
    this.#schedule = new ReportSchedule(clock, options.spacingMs, () => this.#tick())
    this.#client = new HubClient(options.hub, clock, options.timeoutMs)
    this.#lane = new Lane(source.identity, this.#makeFolder())
    const quarantine = new Quarantine(this.#inServiceFolder('quarantine'))
    this.#sender = new Sender({ options, client: this.#client, quarantine, problems: this.#problems })
    this.#sender.lanes.push(this.#lane)
    this.#listen()
    this.#control = options.control ? this.#startControl() : undefined
    this.#schedule.ask(options.intervalMs)
    void this.#work()
  }

  async flush(): Promise<boolean> {
    this.#collect()
    await this.#keepHouse()
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
    this.#stopListening.push(source.onUrgent(() => this.#schedule.ask(urgentMs)))
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

  #tick(): void {
    this.#collect()
    this.#schedule.ask(this.#options.intervalMs)
    void this.#work()
  }

  /** Also at the start: a service that dies soon after it must still ship the crash before. */
  async #work(): Promise<void> {
    await this.#keepHouse()
    await this.#sender.pump()
  }

  /** Never throws. */
  #collect(extra?: CollectedFacts, isFinal = false): void {
    const { source } = this.#options
    this.#schedule.reported()
    try {
      const collected = source.collect()
      const whole = extra === undefined ? collected : foldFacts(collected, extra)
      const facts = withDropped(whole, this.#sender.takeDropped())
      const texts = fitFacts(facts)
      for (const [i, text] of texts.entries()) {
        const isLast = isFinal && i === texts.length - 1
        this.#lane.push(isLast ? `${text.slice(0, -1)},"final":true}` : text)
      }
    } catch (error) {
      this.#problems.tell('source-failed', `Cannot collect facts: ${String(error)}`)
    }
  }

  /** Signs of life, and adoption of what dead instances left; one at a time. Never rejects. */
  #keepHouse(): Promise<void> {
    const now = this.#options.clock.now()
    if (this.#serviceFolder === undefined || now - this.#housekeptAt < housekeepingMs)
      return this.#housekeeping
    this.#housekeptAt = now
    this.#housekeeping = this.#adopt(this.#serviceFolder).catch((error: unknown) =>
      this.#problems.tell('spool-failed', `Cannot look after the spool: ${String(error)}`),
    )
    return this.#housekeeping
  }

  async #adopt(folder: string): Promise<void> {
    const { clock, source } = this.#options
    for (const lane of this.#sender.lanes) await lane.folder?.touch()
    const { instance } = source.identity
    const adopted = await adoptSpools({ folder, instance, self: this.#self, now: () => clock.epochNow() })
    this.#sender.lanes.push(...adopted)
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
    this.#schedule.stop()
    this.#control?.stop()
    this.#collect(undefined, true)
    await new Promise<void>((resolve) => {
      const timer = clock.setTimer(closeMs, resolve)
      const sent = this.#housekeeping.then(() => this.#sender.pump(true))
      void sent.then(() => {
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
