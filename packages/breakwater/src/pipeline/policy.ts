import type { Clock } from '../clock/clock.ts'
import type { Random } from '../random/random.ts'
import type { BreakerFacts } from '../protocol/policy-facts.ts'
import type { Level } from './level.ts'

/** What a pipeline gives its policies when it is compiled. */
export interface PolicySetup {
  readonly operation: string
  readonly clock: Clock
  readonly random: Random
  /** Whether running the work twice does no harm. */
  readonly isIdempotent: boolean
  /** For calls that came with a deadline: what is left to the caller, milliseconds. Timeouts keep to it. */
  readonly remainingMs?: (() => number | undefined) | undefined
  /** For what goes on behind an answer: calls `run` where nothing is known of what is left to the caller. May be a hook that fails. */
  readonly detach?: ((run: () => void) => void) | undefined
}

/** What a policy counted since it was made, and how it stands. */
export interface PolicyStats {
  /** Whole numbers that only rise. */
  readonly counters: Readonly<Record<string, number>>
  /** As of now. */
  readonly gauges: Readonly<Record<string, number>>
  /** Circuit breakers only. */
  readonly breaker?: BreakerFacts
}

declare const resultType: unique symbol

/**
 * Anything that can stand in a pipeline's `policies`. `Result` is what it may answer with instead of the
 * work's own value; `never` for most.
 */
export interface Policy<Result = never> {
  /** `circuit-breaker`, `retry`, … */
  readonly kind: string
  /** Names it in events and on the page. */
  readonly name: string
  /**
   * Makes its level of a pipeline; called when the pipeline is compiled, and once more for the first call that comes with a
   * deadline: what the levels share is kept by the policy.
   */
  compile(setup: PolicySetup): Level
  /** For reports and snapshots. */
  stats(): PolicyStats
  /** Exists in types only. */
  readonly [resultType]?: Result
}

/** What the policies of a list may answer with instead of the work's own value. */
export type ResultOf<Policies extends readonly Policy<unknown>[]> =
  Policies[number] extends Policy<infer Result> ? Result : never
