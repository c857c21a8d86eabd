import type { RunHandle } from '../pipeline/run-handle.ts'

/** What the rules and functions of a fault are told of a call. */
export interface ChaosCall {
  readonly operation: string
  /** 0 for the first attempt. */
  readonly attempt: number
  /** What the caller passed as `key`; empty otherwise. */
  readonly key: string
  /** The arguments of a wrapped function, or what the caller passed as `args`. */
  readonly args: readonly unknown[]
}

/** The same, for code that runs instead of nothing before the work. */
export interface BehaviorCall extends ChaosCall {
  /** Aborts when the caller aborts or a timeout gives up. */
  readonly signal: AbortSignal
}

/** What a run says of its call, as of now: it may be kept. */
export function chaosCallOf(run: RunHandle): ChaosCall {
  const { operation, attempt, call } = run
  return { operation, attempt, key: call.options?.key ?? '', args: call.options?.args ?? [] }
}
