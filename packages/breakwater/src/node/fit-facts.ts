import { type FaultFacts, reportLimits } from '../protocol/index.ts'
import { addDropped, nothingDropped } from './fold-facts.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'

/** Bytes of a body that are left for identity, sequence and braces. */
const envelopeBytes = 4_096
const roomBytes = reportLimits.bodyBytes - envelopeBytes

/**
 * The facts as JSON texts that each fit into one report: whole when they do, else with fewer examples, else
 * in halves. Counters are never lost; events and fault groups beyond the limits are dropped and counted.
 */
export function fitFacts(facts: CollectedFacts): readonly string[] {
  return fit(enforceLimits(facts))
}

/** Whether facts, given also as text, fit into one report as they are. */
export function isFitting(facts: CollectedFacts, text: string): boolean {
  const isShort = text.length <= roomBytes && Buffer.byteLength(text) <= roomBytes
  return isShort && isWithinCounts(facts) && facts.faults.length <= reportLimits.faults
}

function fit(facts: CollectedFacts): readonly string[] {
  const text = JSON.stringify(facts)
  if (isFitting(facts, text)) return [text]
  const kept = Math.max(0, ...facts.faults.map((fault) => fault.exemplars.length))
  if (kept > 0 && isWithinCounts(facts)) return fit(withExemplars(facts, kept >> 1))
  const halves = split(facts)
  return halves === undefined ? [JSON.stringify(withoutAll(facts))] : halves.flatMap(fit)
}

function isWithinCounts(facts: CollectedFacts): boolean {
  return facts.operations.length <= reportLimits.operations && facts.policies.length <= reportLimits.policies
}

function enforceLimits(facts: CollectedFacts): CollectedFacts {
  const lostFaults = facts.faults.slice(reportLimits.faults)
  const lostEvents = Math.max(0, facts.events.length - reportLimits.events)
  if (lostFaults.length === 0 && lostEvents === 0) return facts
  const { dropped } = facts
  return {
    ...facts,
    faults: facts.faults.slice(0, reportLimits.faults),
    events: facts.events.slice(lostEvents),
    dropped: {
      ...dropped,
      events: dropped.events + lostEvents,
      faultGroups: dropped.faultGroups + lostFaults.length,
      faultCounts: dropped.faultCounts + countOf(lostFaults),
    },
  }
}

function withExemplars(facts: CollectedFacts, count: number): CollectedFacts {
  return {
    ...facts,
    faults: facts.faults.map((fault) => ({ ...fault, exemplars: fault.exemplars.slice(0, count) })),
  }
}

/** Undefined when there is nothing left to part: a single item beyond a megabyte, which no runtime makes. */
function split(facts: CollectedFacts): readonly [CollectedFacts, CollectedFacts] | undefined {
  const lists = [facts.operations, facts.policies, facts.faults, facts.events]
  if (lists.every((list) => list.length <= 1)) return undefined
  return [
    { ...facts, ...parts(facts, (list) => list.slice(0, list.length >> 1)) },
    { ...facts, ...parts(facts, (list) => list.slice(list.length >> 1)), dropped: nothingDropped },
  ]
}

/** Says at least what was lost. */
function withoutAll(facts: CollectedFacts): CollectedFacts {
  const dropped = addDropped(facts.dropped, {
    reports: 1,
    events: facts.events.length,
    faultGroups: facts.faults.length,
    faultCounts: countOf(facts.faults),
    operations: 0,
  })
  return { ...facts, ...parts(facts, () => []), dropped }
}

type Part = <T>(list: readonly T[]) => readonly T[]

function parts(
  facts: CollectedFacts,
  part: Part,
): Pick<CollectedFacts, 'operations' | 'policies' | 'faults' | 'events'> {
  return {
    operations: part(facts.operations),
    policies: part(facts.policies),
    faults: part(facts.faults),
    events: part(facts.events),
  }
}

function countOf(faults: readonly FaultFacts[]): number {
  return faults.reduce((sum, fault) => sum + fault.count, 0)
}
