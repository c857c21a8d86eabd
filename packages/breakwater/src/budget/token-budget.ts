import type { PolicyStats } from '../pipeline/policy.ts'
import type { BudgetEvent } from './budget-events.ts'
import { BudgetLog } from './budget-log.ts'
import {
  type ResolvedTokenBudgetOptions,
  resolveTokenBudgetOptions,
  type TokenBudgetOptions,
} from './token-budget-options.ts'

/** What an attempt is added for: its price depends on it. */
type Added = 'failure' | 'timeout' | 'hedge'

/** A bucket of tokens that retries and hedges take from and that successes fill, shared by all that call one dependency. */
export interface TokenBudget {
  readonly kind: 'retry-budget'
  readonly name: string
  /** Attempts that the budget has refused. */
  readonly refused: number
  /** Attempts that the budget has allowed. */
  readonly granted: number
  /** Tokens that are left. */
  readonly balance: number
  /** A first attempt is made: it costs nothing and earns nothing. */
  deposit(): void
  /** Takes the price of one more attempt; false when there are too few tokens, and then nothing is taken. */
  tryWithdraw(added?: Added): boolean
  /** A call succeeded; `added` is what its last further attempt was taken for, if it had one. */
  succeeded(added: Added | undefined): void
  /** An attempt failed in a way that may be tried again. */
  failed(): void
  /** Subscribes to its events; the result unsubscribes. */
  on(listener: (event: BudgetEvent) => void): () => void
  /** For reports and snapshots. */
  stats(): PolicyStats
}

/**
 * Makes a budget that lives from outcomes: a full bucket allows a burst of `capacity / retryCost` further attempts,
 * and when most calls fail it runs dry. Successes fill it again: what their retry had cost, or `successReward`.
 * The defaults are those of the AWS SDKs' standard mode; gRPC's throttling is
 * `{ capacity: 10, retryCost: 0, timeoutCost: 0, failureCost: 1, successReward: 0.1, refundOnSuccess: false, reserve: 5 }`.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 * @see https://github.com/grpc/proposal/blob/master/A6-client-retries.md#throttling-retry-attempts-and-hedged-rpcs
 */
export function tokenBudget(options: TokenBudgetOptions = {}): TokenBudget {
  return new TokenBucket(options)
}

class TokenBucket implements TokenBudget {
  readonly kind = 'retry-budget'
  readonly name: string
  readonly #options: ResolvedTokenBudgetOptions
  readonly #log: BudgetLog
  #tokens: number
  #filledAt = 0

  constructor(options: TokenBudgetOptions) {
    this.#options = resolveTokenBudgetOptions(options)
    this.name = this.#options.name
    this.#log = new BudgetLog(this.name, options.onEvent)
    this.#tokens = this.#options.capacity
  }

  get granted(): number {
    return this.#log.granted
  }

  get refused(): number {
    return this.#log.refused
  }

  get balance(): number {
    this.#refill()
    return this.#tokens
  }

  on(listener: (event: BudgetEvent) => void): () => void {
    return this.#log.events.on(listener)
  }

  deposit(): void {
    // Only outcomes count.
  }

  tryWithdraw(added?: Added): boolean {
    this.#refill()
    const cost = this.#costOf(added)
    const isGranted = this.#tokens >= cost && this.#tokens > this.#options.reserve
    if (isGranted) this.#tokens -= cost
    return this.#log.answer(isGranted)
  }

  succeeded(added: Added | undefined): void {
    const { refundOnSuccess, successReward } = this.#options
    if (added === undefined) this.#add(successReward)
    else if (refundOnSuccess) this.#add(this.#costOf(added))
  }

  failed(): void {
    this.#refill()
    this.#tokens = Math.max(0, this.#tokens - this.#options.failureCost)
  }

  stats(): PolicyStats {
    const { granted, refused, balance } = this
    return { counters: { granted, refused }, gauges: { balance } }
  }

  #costOf(added: Added | undefined): number {
    return added === 'timeout' ? this.#options.timeoutCost : this.#options.retryCost
  }

  #add(tokens: number): void {
    this.#tokens = Math.min(this.#options.capacity, exact(this.#tokens + tokens))
  }

  /** A full bucket gains nothing by waiting: time counts from the last look. */
  #refill(): void {
    const { refillPerSecond, clock, capacity } = this.#options
    if (refillPerSecond === 0) return
    const now = clock.coarseNow()
    const earned = (refillPerSecond * (now - this.#filledAt)) / 1000
    this.#tokens = Math.min(capacity, this.#tokens + earned)
    this.#filledAt = now
  }
}

/** Ten rewards of a tenth are one token. */
function exact(tokens: number): number {
  return Math.round(tokens * 1e6) / 1e6
}
