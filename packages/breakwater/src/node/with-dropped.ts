import type { DroppedFacts, EventFacts } from '../protocol/index.ts'
import { addDropped } from './fold-facts.ts'
import type { CollectedFacts } from '../runtime/collected-facts.ts'

/** The facts with what the reporter itself dropped added, and an event that says so. */
export function withDropped(facts: CollectedFacts, dropped: DroppedFacts): CollectedFacts {
  if (dropped.reports === 0 && dropped.events === 0) return facts
  const event: EventFacts = {
    type: 'FactsDropped',
    at: facts.to,
    message: `${String(dropped.reports)} reports were dropped: the spool was full or the hub refused them`,
    details: { reports: dropped.reports, faultCounts: dropped.faultCounts, events: dropped.events },
  }
  return { ...facts, events: [...facts.events, event], dropped: addDropped(facts.dropped, dropped) }
}
