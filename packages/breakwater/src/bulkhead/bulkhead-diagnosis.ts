import { type LatencyFacts, latencyCount, latencyQuantile } from '../protocol/latency-facts.ts'
import type { Usage } from './usage-window.ts'

/** How full the proposed limit would be on average: bursts need the rest. */
const targetUtilisation = 0.8

/** Waits for a slot, milliseconds, to within a tick of 5 ms; calls that did not wait count as 0. */
export interface WaitPercentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** What a bulkhead says of itself when somebody asks whether it is large enough. */
export interface BulkheadDiagnosis {
  readonly policy: string
  readonly limit: number
  readonly active: number
  readonly abandoned: number
  readonly queued: number
  /** Slots taken now, of the limit; above 1 after the limit was lowered. */
  readonly utilisation: number
  /** What the following figures cover: one to two minutes, more after an idle time. */
  readonly elapsedMs: number
  readonly admitted: number
  readonly rejected: number
  /** Of all calls, 0–1. */
  readonly rejectedRatio: number
  readonly waitMs: WaitPercentiles
  /** How long a slot was held, by a sample of one call in 64; undefined without a sample. */
  readonly meanHoldMs: number | undefined
  /** Calls that came a second, the refused ones included. */
  readonly offeredPerSecond: number
  /** Slots that these calls take on average: L = λ·W. */
  readonly neededSlots: number | undefined
  /** The limit with which the needed slots are four fifths of it. */
  readonly proposedLimit: number | undefined
  /**
   * `stuck`: abandoned work holds half of the slots or more, so a higher limit lets more of it in. `too-small`: calls
   * were refused and more slots are needed than there are. `bursts`: calls were refused although there are slots enough
   * on average: a queue helps.
   */
  readonly verdict: 'fits' | 'bursts' | 'too-small' | 'stuck'
}

/** The state of a bulkhead at the moment of the diagnosis. */
export type BulkheadNow = Pick<BulkheadDiagnosis, 'policy' | 'limit' | 'active' | 'abandoned' | 'queued'>

/**
 * Puts a diagnosis together.
 *
 * @see Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9 (1961)
 */
export function diagnose(now: BulkheadNow, usage: Usage): BulkheadDiagnosis {
  const { admitted, rejected, elapsedMs, holdSamples, holdSumMs } = usage
  const offered = admitted + rejected
  const meanHoldMs = holdSamples === 0 ? undefined : holdSumMs / holdSamples
  const perMs = elapsedMs > 0 ? offered / elapsedMs : 0
  const neededSlots = meanHoldMs === undefined ? undefined : perMs * meanHoldMs
  const proposedLimit =
    neededSlots === undefined ? undefined : Math.max(1, Math.ceil(round(neededSlots / targetUtilisation)))
  return {
    ...now,
    utilisation: now.active / now.limit,
    ...{ elapsedMs, admitted, rejected },
    rejectedRatio: offered === 0 ? 0 : rejected / offered,
    waitMs: percentilesOf(usage.waits, admitted),
    ...{ meanHoldMs, offeredPerSecond: perMs * 1000, neededSlots, proposedLimit },
    verdict: verdictOf(now, rejected, neededSlots),
  }
}

function verdictOf(now: BulkheadNow, rejected: number, needed = 0): BulkheadDiagnosis['verdict'] {
  const { abandoned, limit } = now
  if (abandoned > 0 && abandoned >= limit / 2) return 'stuck'
  if (rejected === 0) return 'fits'
  return needed > limit ? 'too-small' : 'bursts'
}

function percentilesOf(waits: LatencyFacts, admitted: number): WaitPercentiles {
  const waited = latencyCount(waits)
  const all = Math.max(admitted, waited)
  const at = (q: number): number => {
    const rank = Math.ceil(q * all) - (all - waited)
    return rank <= 0 ? 0 : (latencyQuantile(waits, rank / waited) ?? 0)
  }
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: waits.maxMs }
}

/** Without the noise of the last binary digits, which `ceil` would make a whole slot of. */
function round(slots: number): number {
  return Number(slots.toFixed(9))
}
