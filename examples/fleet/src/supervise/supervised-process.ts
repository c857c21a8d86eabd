import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Clock, Timer } from '../clock/clock.ts'
import { isReadyMessage, type ReadyMessage, type StopMessage } from '../process/messages.ts'

/** A process to run, and to run again when it dies. */
export interface ProcessPlan {
  readonly name: string
  readonly module: URL
  /** Its argument for the next start; the ports it had before are given, so that it can take them again. */
  readonly settings: (ports: Ports) => object
  /** Is told each time that it listens. */
  readonly onReady?: (process: SupervisedProcess) => void
}

/** Where a process listens; 0 before its first start. */
export interface Ports {
  readonly port: number
  readonly adminPort: number
}

const firstDelayMs = 250
const longestDelayMs = 5_000
/** Whoever lived as long as this is started again without delay to speak of. */
const healthyMs = 10_000
const readyWithinMs = 30_000

/**
 * A process that is kept running.
 *
 * ```
 *            ready                 dies
 *  starting ───────▶ up ─────────────────────▶ down ──delay──▶ starting
 *                     └─ kill() ─▶ held down ─ revive() ─────────▲
 *                     └─ stop() ─▶ over
 * ```
 */
export class SupervisedProcess {
  readonly name: string
  restarts = 0
  readonly #plan: ProcessPlan
  readonly #clock: Clock
  #child: ChildProcess | undefined
  #ports: Ports = { port: 0, adminPort: 0 }
  #isUp = false
  #mayRestart = true
  #isOver = false
  #restart: Timer | undefined
  #readyAt = 0
  #delayMs = firstDelayMs

  constructor(plan: ProcessPlan, clock: Clock) {
    this.name = plan.name
    this.#plan = plan
    this.#clock = clock
  }

  get isUp(): boolean {
    return this.#isUp
  }

  get pid(): number | null {
    return this.#isUp ? (this.#child?.pid ?? null) : null
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.port}`
  }

  get adminUrl(): string {
    return `http://127.0.0.1:${this.#ports.adminPort}`
  }

  /** Starts it and resolves when it listens. @throws {Error} when it ends before, or does not listen in 30 s */
  start(): Promise<void> {
    const child = this.#spawn()
    return new Promise((resolve, reject) => {
      const slow = this.#clock.setTimer(readyWithinMs, () => child.kill('SIGKILL'))
      child.once('exit', (code, signal) => {
        slow.cancel()
        this.#died(child)
        reject(
          new Error(`The process ${this.name} ended (${signal ?? `exit code ${code}`}) before it listened`),
        )
      })
      child.on('message', (message) => {
        if (!isReadyMessage(message)) return
        slow.cancel()
        this.#listens(message)
        resolve()
      })
    })
  }

  /** Ends it with SIGKILL and keeps it down until {@link SupervisedProcess.revive}. */
  kill(): void {
    this.#mayRestart = false
    this.#restart?.cancel()
    this.#child?.kill('SIGKILL')
  }

  /** Starts it again after {@link SupervisedProcess.kill}; does nothing after {@link SupervisedProcess.stop}. */
  async revive(): Promise<void> {
    const child = this.#child
    if (isRunning(child)) await once(child, 'exit')
    if (this.#isOver) return
    this.#mayRestart = true
    this.restarts += 1
    // When it ends before it listens it is started again like after any other end.
    await this.start().catch(() => undefined)
  }

  /** Ends it in good order, with SIGKILL when it takes longer than `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#isOver = true
    this.#mayRestart = false
    this.#restart?.cancel()
    const child = this.#child
    if (!isRunning(child)) return
    const exit = once(child, 'exit')
    if (child.connected) child.send({ type: 'stop' } satisfies StopMessage, () => undefined)
    const force = this.#clock.setTimer(graceMs, () => child.kill('SIGKILL'))
    await exit
    force.cancel()
  }

  #spawn(): ChildProcess {
    const argument = JSON.stringify(this.#plan.settings(this.#ports))
    const flags = [...process.execArgv, '--disable-warning=ExperimentalWarning']
    this.#child = spawn(process.execPath, [...flags, this.#plan.module.pathname, argument], {
      // A group of its own: Ctrl-C is for the controller, which ends its processes in order.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    return this.#child
  }

  #listens(ports: ReadyMessage): void {
    this.#ports = { port: ports.port, adminPort: ports.adminPort }
    this.#isUp = true
    this.#readyAt = this.#clock.now()
    this.#plan.onReady?.(this)
  }

  #died(child: ChildProcess): void {
    if (child !== this.#child) return
    const wasHealthy = this.#isUp && this.#clock.now() - this.#readyAt >= healthyMs
    this.#isUp = false
    if (!this.#mayRestart) return
    const delayMs = wasHealthy ? firstDelayMs : this.#delayMs
    this.#delayMs = Math.min(delayMs * 2, longestDelayMs)
    this.#restart = this.#clock.setTimer(delayMs, () => {
      this.restarts += 1
      // When it ends again before it listens, that end leads here once more.
      void this.start().catch(() => undefined)
    })
  }
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null
}
