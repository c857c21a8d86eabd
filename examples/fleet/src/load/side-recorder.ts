import { type LabSecond, type LabSide, latencyQuantile, type LatencyFacts } from 'breakwater/protocol'
import { latencyCounts } from './latency-counts.ts'
import type { Answer } from './user-request.ts'

const keptSeconds = 300

/** Everything that one storefront's users got since the start. */
export interface SideTotals {
  readonly requests: number
  readonly full: number
  readonly degraded: number
  readonly errors: number
  /** Requests that were never sent, as too many were under way. */
  readonly dropped: number
  readonly latency: LatencyFacts
}

/** Counts what one storefront's users get. */
export interface SideRecorder {
  record(answer: Answer, ms: number): void
  drop(): void
  totals(): SideTotals
  /** What the Lab shows; the second that runs is not in it yet. */
  view(): LabSide & { readonly dropped: number }
}

type Counts = { full: number; degraded: number; error: number }

/** Makes a recorder; `epochNow` tells which second it is. */
export function sideRecorder(name: LabSide['name'], epochNow: () => number): SideRecorder {
  const ever: Counts = { full: 0, degraded: 0, error: 0 }
  const latency = latencyCounts()
  const seconds: LabSecond[] = []
  let dropped = 0
  let current = openSecond(epochNow())

  function roll(): void {
    const now = epochNow()
    while (current.at + 1_000 <= now) {
      seconds.push(closeSecond(current))
      if (seconds.length > keptSeconds) seconds.shift()
      // After a long sleep of the machine the seconds without a count are left out beyond what is kept.
      current = openSecond(Math.max(current.at + 1_000, now - keptSeconds * 1_000))
    }
  }

  function figures(): { requests: number; full: number; degraded: number; errors: number } {
    const { full, degraded, error } = ever
    return { requests: full + degraded + error, full, degraded, errors: error }
  }

  return {
    record: (answer, ms) => {
      roll()
      ever[answer] += 1
      current.counts[answer] += 1
      latency.record(ms)
      current.latency.record(ms)
    },
    drop: () => {
      dropped += 1
    },
    totals: () => ({ ...figures(), dropped, latency: latency.facts() }),
    view: () => {
      roll()
      return { name, ...figures(), dropped, seconds: [...seconds] }
    },
  }
}

interface OpenSecond {
  readonly at: number
  readonly counts: Counts
  readonly latency: ReturnType<typeof latencyCounts>
}

function openSecond(at: number): OpenSecond {
  const counts = { full: 0, degraded: 0, error: 0 }
  return { at: Math.floor(at / 1_000) * 1_000, counts, latency: latencyCounts() }
}

function closeSecond({ at, counts, latency }: OpenSecond): LabSecond {
  const { full, degraded, error } = counts
  const facts = latency.facts()
  const quantile = (q: number): number | null => latencyQuantile(facts, q) ?? null
  return {
    ...{ at, requests: full + degraded + error, full, degraded, errors: error },
    ...{ p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
  }
}
