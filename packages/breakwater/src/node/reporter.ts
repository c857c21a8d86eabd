import { join } from 'node:path'
import { ControlClient } from './control-client.ts'
import { guardAgainstCrash } from './crash-guard.ts'
import { fitFacts } from './fit-facts.ts'
import { foldFacts } from './fold-facts.ts'
import { Housekeeper } from './housekeeper.ts'
import { HubClient } from './hub-client.ts'
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
import { withDropped } from './with-dropped.ts'

/** How a reporter is doing. */
export interface ReporterStatus {
  readonly isHubAway: boolean
  /** Reports that wait, in memory and on disk, also those of dead instances. */
  readonly waitingReports: number
  readonly waitingBytes: number
}

/** Sends a runtime's facts to the hub and brings the hub's orders back. */
export interface Reporter {
  /**
   * Reports now. Resolves with true when all is sent, with false when the hub does not take it within
   * `timeoutMs`. Keeps the process alive meanwhile.
   */
  flush(): Promise<boolean>
  /**
   * Sends what is left with a last report marked `final`, within `closeMs`; what could not be sent waits on
   * disk for the next start. Never rejects. Keeps the process alive meanwhile, and only meanwhile.
   */
  close(): Promise<void>
  status(): ReporterStatus
}

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
  readonly #house: Housekeeper
  readonly #problems: ProblemGate
  readonly #schedule: ReportSchedule
  readonly #control: ControlClient | undefined
  readonly #stopListening: Array<() => void> = []
  #closing: Promise<void> | undefined

  constructor(options: ResolvedReporterOptions) {
    const { clock } = options
    this.#options = options
    this.#problems = new ProblemGate(clock, options.onProblem)
    this.#schedule = new ReportSchedule(clock, options.spacingMs, () => this.#tick())
    this.#client = new HubClient(options.hub, clock, options.timeoutMs)
    this.#house = new Housekeeper(options, this.#problems)
    const quarantine = new Quarantine(this.#inServiceFolder('quarantine'))
    const parts = { options, client: this.#client, quarantine, problems: this.#problems }
    this.#sender = new Sender(parts, this.#house.openLane())
    this.#listen()
    this.#control = options.control ? this.#startControl() : undefined
    this.#schedule.ask(options.intervalMs)
    void this.#work()
  }

  async flush(): Promise<boolean> {
    this.#collect()
    await this.#sendAll(this.#options.timeoutMs)
    return this.#sender.own.entries.length === 0
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  status(): ReporterStatus {
    const { own, adopted, isHubAway } = this.#sender
    const lanes = [own, ...adopted]
    return {
      isHubAway,
      waitingReports: lanes.reduce((sum, lane) => sum + lane.entries.length, 0),
      waitingBytes: lanes.reduce((sum, lane) => sum + lane.bytes, 0),
    }
  }

  #inServiceFolder(name: string): string | undefined {
    const { folder } = this.#house
    return folder === undefined ? undefined : join(folder, name)
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
    await this.#house.keep(this.#sender)
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
        this.#sender.own.push(isLast ? `${text.slice(0, -1)},"final":true}` : text)
      }
    } catch (error) {
      this.#problems.tell('source-failed', `Cannot collect facts: ${String(error)}`)
    }
  }

  /** The process ends: everything that is not on disk is written now. */
  #writeLast(extra?: CollectedFacts): void {
    this.#collect(extra)
    try {
      this.#sender.own.spillSync()
    } catch (error) {
      this.#problems.tell('spool-failed', `Cannot write the last report: ${String(error)}`)
    }
  }

  async #close(): Promise<void> {
    this.#schedule.stop()
    this.#control?.stop()
    this.#collect(undefined, true)
    await this.#sendAll(this.#options.closeMs)
    this.#client.destroy()
    for (const stop of this.#stopListening) stop()
    this.#leave()
  }

  /** Ends at the bound at the latest; until then its timer keeps the process alive, which the sockets do not. */
  #sendAll(boundMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.setTimer(boundMs, resolve)
      const sent = this.#house.keep(this.#sender).then(() => this.#sender.pump(true))
      void sent.then(() => {
        timer.cancel()
        resolve()
      })
    })
  }

  #leave(): void {
    try {
      if (this.#sender.own.entries.length === 0) this.#sender.own.folder?.removeSync()
      else this.#sender.own.spillSync()
    } catch (error) {
      this.#problems.tell('spool-failed', `Cannot write the last report: ${String(error)}`)
    }
  }
}
