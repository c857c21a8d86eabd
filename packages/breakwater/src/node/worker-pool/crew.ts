import type { Timer } from '../../clock/clock.ts'
import { type Loss, PoolWorker, type TaskAnswer, type WorkerOwner } from './pool-worker.ts'
import { RespawnBackoff } from '../respawn-backoff.ts'
import type { ResolvedWorkerBulkheadOptions } from './worker-bulkhead-options.ts'
import type { WorkerTask } from './worker-task.ts'

/** Whom a crew works for. */
export interface CrewHost {
  /** Tasks that wait for a worker. */
  readonly demand: number
  /** How many workers are to be there in any case. */
  readonly floor: number
  /** A worker is free, or one may be started. */
  crewChanged(): void
  workerStarted(worker: PoolWorker, startMs: number): void
  taskAnswered(task: WorkerTask, answer: TaskAnswer): void
  /** `worker` is undefined when not even a thread could be made. */
  workerLost(worker: PoolWorker | undefined, loss: Loss, backoffMs: number): void
  workerRetired(worker: PoolWorker): void
}

/** The workers of one bulkhead: starts them on demand, replaces the lost, ends the idle. */
export class Crew implements WorkerOwner {
  readonly #options: ResolvedWorkerBulkheadOptions
  readonly #host: CrewHost
  readonly #backoff: RespawnBackoff
  readonly #workers = new Set<PoolWorker>()
  /** Who was free last is taken first, so that those who are not needed become idle for long. */
  readonly #idle: PoolWorker[] = []
  #starting = 0
  #ending = 0
  #respawnTimer: Timer | undefined = undefined
  #retireTimer: Timer | undefined = undefined

  constructor(options: ResolvedWorkerBulkheadOptions, host: CrewHost) {
    this.#options = options
    this.#host = host
    this.#backoff = new RespawnBackoff(options)
  }

  /** Threads there are, also those that end. */
  get size(): number {
    return this.#workers.size
  }

  get idle(): number {
    return this.#idle.length
  }

  /** Workers that take tasks, or will. */
  get live(): number {
    return this.#workers.size - this.#ending
  }

  /** Workers that have loaded the module. */
  get ready(): number {
    return this.live - this.#starting
  }

  takeIdle(): PoolWorker | undefined {
    return this.#idle.pop()
  }

  /** A worker that was taken is not needed after all. */
  putBack(worker: PoolWorker): void {
    worker.idleSince = this.#options.clock.now()
    this.#idle.push(worker)
    this.#armRetirement()
  }

  /** Starts as many as are needed, as soon as that may be. */
  recruit(): void {
    this.#respawnTimer?.cancel()
    while (this.#isShort()) {
      const waitMs = this.#backoff.waitMs
      if (waitMs > 0) {
        const again = (): void => this.#host.crewChanged()
        this.#respawnTimer = this.#options.clock.setTimer(waitMs, again, { ref: this.#host.demand > 0 })
        return
      }
      if (!this.#spawn()) return
    }
  }

  /** Somebody waits: workers that start keep the process alive. */
  keepAlive(): void {
    for (const worker of this.#workers) if (worker.state === 'starting') worker.keepAlive()
  }

  /** Kills a worker with the task that it runs. */
  kill(worker: PoolWorker, isFault: boolean): number {
    this.#leave(worker)
    worker.kill()
    return isFault ? this.#backoff.lost() : this.#backoff.waitMs
  }

  /** Kills those that have nothing to do, or all. */
  dismiss(isForAll: boolean): void {
    this.#respawnTimer?.cancel()
    this.#retireTimer?.cancel()
    this.#retireTimer = undefined
    const dismissed = isForAll ? [...this.#workers] : [...this.#workers].filter((worker) => !isBusy(worker))
    for (const worker of dismissed) if (worker.state !== 'ending') this.kill(worker, false)
  }

  /** The tasks that are in workers. */
  running(): readonly WorkerTask[] {
    return [...this.#workers].flatMap(({ task }) => (task === undefined ? [] : [task]))
  }

  /** The worker that runs a task. */
  workerOf(task: WorkerTask): PoolWorker | undefined {
    for (const worker of this.#workers) if (worker.task === task) return worker
    return undefined
  }

  started(worker: PoolWorker): void {
    this.#starting--
    this.putBack(worker)
    this.#host.workerStarted(worker, this.#options.clock.now() - worker.startedAt)
    this.#host.crewChanged()
  }

  done(worker: PoolWorker, task: WorkerTask, answer: TaskAnswer): void {
    this.#backoff.worked()
    this.putBack(worker)
    this.#host.taskAnswered(task, answer)
    this.#host.crewChanged()
  }

  lost(worker: PoolWorker, loss: Loss): void {
    if (loss.reason === 'start') this.#starting--
    this.#forget(worker)
    this.#ending++
    this.#host.workerLost(worker, loss, this.#backoff.lost())
  }

  ended(worker: PoolWorker): void {
    this.#workers.delete(worker)
    this.#ending--
    this.#host.crewChanged()
  }

  #isShort(): boolean {
    if (this.#workers.size >= this.#options.size) return false
    return this.#starting < this.#host.demand || this.live < this.#host.floor
  }

  #spawn(): boolean {
    try {
      this.#workers.add(new PoolWorker(this, this.#options, this.#host.demand > 0))
      this.#starting++
      return true
    } catch (error) {
      const loss: Loss = { reason: 'start', error, exitCode: undefined }
      this.#host.workerLost(undefined, loss, this.#backoff.lost())
      return false
    }
  }

  #leave(worker: PoolWorker): void {
    if (worker.state === 'starting') this.#starting--
    this.#forget(worker)
    this.#ending++
  }

  #forget(worker: PoolWorker): void {
    const place = this.#idle.indexOf(worker)
    if (place >= 0) this.#idle.splice(place, 1)
  }

  #armRetirement(): void {
    if (this.#retireTimer !== undefined || this.live <= this.#options.minSize) return
    const { clock, idleMs } = this.#options
    const since = this.#idle[0]?.idleSince ?? clock.now()
    const retire = (): void => this.#retire()
    this.#retireTimer = clock.setTimer(since + idleMs - clock.now(), retire, { ref: false })
  }

  #retire(): void {
    this.#retireTimer = undefined
    const { clock, idleMs, minSize } = this.#options
    const before = clock.now() - idleMs
    const old = this.#idle.filter(({ idleSince }) => idleSince <= before)
    for (const worker of old.slice(0, Math.max(0, this.live - minSize))) {
      this.kill(worker, false)
      this.#host.workerRetired(worker)
    }
    if (this.#idle.length > 0) this.#armRetirement()
  }
}

function isBusy({ state }: PoolWorker): boolean {
  return state === 'running'
}
