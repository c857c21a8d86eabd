import type { Clock } from '../clock/clock.ts'
import type { PolicyStats } from '../pipeline/policy.ts'
import type { BudgetEvent } from './budget-events.ts'
import { BudgetLog } from './budget-log.ts'
import { SlidingCounts } from './sliding-counts.ts'
import {
  type ResolvedRetryBudgetOptions,
  resolveRetryBudgetOptions,
  retryBudgetDefaults,
  type RetryBudgetOptions,
} from './retry-budget-options.ts'

/** A limit on how much load retries may add, shared by all that call one dependency. */
export interface RetryBudget {
  readonly kind: 'retry-budget'
  readonly name: string
  /** Retries that the budget has refused. */
  readonly refused: number
  /** Retries that the budget has allowed. */
  readonly granted: number
  /** How many retries could be taken now. */
  readonly balance: number
  /** A first attempt is made: it earns `ratio` of a retry. */
  deposit(): void
  /** Takes one retry; false when there is none left, and then nothing is taken. */
  tryWithdraw(): boolean
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: BudgetEvent) => void): () => void
  /** For reports and snapshots. */
  stats(): PolicyStats
}

/**
 * Makes a budget: in the window, retries ≤ `ratio` × first attempts + `minPerSecond` × seconds. First attempts
 * are never limited. Share one budget among all operations that call the same dependency.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see https://finagle.github.io/blog/2016/02/08/retry-budgets/
 */
export function retryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  return new WindowedBudget(
    resolveRetryBudgetOptions(options),
    new BudgetLog(options.name ?? retryBudgetDefaults.name, options.onEvent),
  )
}

class WindowedBudget implements RetryBudget {
  readonly kind = 'retry-budget'
  readonly name: string
  readonly #log: BudgetLog
  readonly #clock: Clock
  readonly #ratio: number
  readonly #reserve: number
  readonly #calls: SlidingCounts
  readonly #retries: SlidingCounts

  constructor(options: ResolvedRetryBudgetOptions, log: BudgetLog) {
    this.#log = log
    this.name = options.name
    this.#clock = options.clock
    this.#ratio = options.ratio
    this.#reserve = (options.minPerSecond * options.windowMs) / 1000
    this.#calls = new SlidingCounts(options.windowMs)
    this.#retries = new SlidingCounts(options.windowMs)
  }

  get granted(): number {
    return this.#log.granted
  }

  get refused(): number {
    return this.#log.refused
  }

  get balance(): number {
    const now = this.#clock.coarseNow()
    const earned = this.#ratio * this.#calls.total(now) + this.#reserve
    return Math.max(0, Math.floor(earned - this.#retries.total(now) + 1e-9))
  }

  deposit(): void {
    this.#calls.add(this.#clock.coarseNow())
  }

  tryWithdraw(): boolean {
    const isGranted = this.balance >= 1
    if (isGranted) this.#retries.add(this.#clock.coarseNow())
    return this.#log.answer(isGranted)
  }

  on(listener: (event: BudgetEvent) => void): () => void {
    return this.#log.events.on(listener)
  }

  stats(): PolicyStats {
    const { granted, refused, balance } = this
    return { counters: { granted, refused }, gauges: { balance } }
  }
}
