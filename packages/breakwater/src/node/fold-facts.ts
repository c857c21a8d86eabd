import {
  type DroppedFacts,
  type FaultFacts,
  mergeLatency,
  type OperationFacts,
  type PolicyFacts,
  reportLimits,
} from '../protocol/index.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'

/** Nothing was dropped. */
export const nothingDropped: DroppedFacts = Object.freeze({
  reports: 0,
  events: 0,
  faultGroups: 0,
  faultCounts: 0,
  operations: 0,
})

/**
 * Two adjoining collections as one: counters add up exactly, gauges are the later ones, examples beyond
 * `exemplarsPerFault` and the oldest events beyond the limit are left out (events are counted as dropped).
 */
export function foldFacts(
  earlier: CollectedFacts,
  later: CollectedFacts,
  exemplarsPerFault: number = reportLimits.exemplarsPerFault,
): CollectedFacts {
  const events = [...earlier.events, ...later.events]
  const surplus = Math.max(0, events.length - reportLimits.events)
  const dropped = addDropped(earlier.dropped, later.dropped)
  return {
    from: Math.min(earlier.from, later.from),
    to: Math.max(earlier.to, later.to),
    operations: mergeBy(earlier.operations, later.operations, {
      key: (o) => o.operation,
      merge: mergeOperations,
    }),
    policies: mergeBy(earlier.policies, later.policies, {
      key: (p) => `${p.kind}/${p.name}`,
      merge: mergePolicies,
    }),
    faults: mergeBy(earlier.faults, later.faults, { key: (f) => f.fingerprint, merge: mergeFaults }).map(
      (fault) => keepExemplars(fault, exemplarsPerFault),
    ),
    events: events.slice(surplus),
    dropped: { ...dropped, events: dropped.events + surplus },
  }
}

/** The sum of what two collections dropped. */
export function addDropped(a: DroppedFacts, b: DroppedFacts): DroppedFacts {
  return {
    reports: a.reports + b.reports,
    events: a.events + b.events,
    faultGroups: a.faultGroups + b.faultGroups,
    faultCounts: a.faultCounts + b.faultCounts,
    operations: a.operations + b.operations,
  }
}

interface Merging<T> {
  readonly key: (item: T) => string
  readonly merge: (earlier: T, later: T) => T
}

function mergeBy<T>(earlier: readonly T[], later: readonly T[], { key, merge }: Merging<T>): T[] {
  const merged = new Map<string, T>()
  for (const item of [...earlier, ...later]) {
    const before = merged.get(key(item))
    merged.set(key(item), before === undefined ? item : merge(before, item))
  }
  return [...merged.values()]
}

function mergeOperations(a: OperationFacts, b: OperationFacts): OperationFacts {
  return {
    operation: a.operation,
    calls: a.calls + b.calls,
    successes: a.successes + b.successes,
    failures: a.failures + b.failures,
    rejections: a.rejections + b.rejections,
    cancellations: a.cancellations + b.cancellations,
    attempts: a.attempts + b.attempts,
    attemptFailures: a.attemptFailures + b.attemptFailures,
    sparedByRetry: a.sparedByRetry + b.sparedByRetry,
    sparedByFallback: a.sparedByFallback + b.sparedByFallback,
    sparedByCache: a.sparedByCache + b.sparedByCache,
    sparedByHedge: a.sparedByHedge + b.sparedByHedge,
    inFlight: b.inFlight,
    latency: mergeLatency(a.latency, b.latency),
  }
}

function mergePolicies(a: PolicyFacts, b: PolicyFacts): PolicyFacts {
  return { ...b, counters: addCounts(a.counters, b.counters) }
}

function mergeFaults(a: FaultFacts, b: FaultFacts): FaultFacts {
  return {
    ...a,
    severity: b.severity === 'fatal' ? b.severity : a.severity,
    count: a.count + b.count,
    operations: addCounts(a.operations, b.operations),
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    exemplars: [...a.exemplars, ...b.exemplars],
  }
}

/** Crashes are kept before all others. */
function keepExemplars(fault: FaultFacts, count: number): FaultFacts {
  if (fault.exemplars.length <= count) return fault
  const crashes = fault.exemplars.filter((exemplar) => exemplar.crash === true)
  const others = fault.exemplars.filter((exemplar) => exemplar.crash !== true)
  return { ...fault, exemplars: [...crashes, ...others].slice(0, count) }
}

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = new Map(Object.entries(a))
  for (const [key, count] of Object.entries(b)) sum.set(key, (sum.get(key) ?? 0) + count)
  return Object.fromEntries(sum)
}
