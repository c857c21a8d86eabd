import type { FaultExemplar, FaultFacts, InstanceIdentity, Report } from 'breakwater/protocol'
import type { SeriesPlace } from './series-ids.ts'

/** An example and the process that it comes from. */
export interface OwnedExemplar {
  readonly identity: InstanceIdentity
  readonly exemplar: FaultExemplar
}

/** How often a fault happened in one operation in one minute. */
export interface PendingCount {
  readonly place: SeriesPlace
  readonly operation: string
  readonly minute: number
  count: number
}

const minuteMs = 60_000

/** What several reports say of one group, before it is written. */
export class PendingGroup {
  /** The last one's words, with the times and the count of all. */
  facts: FaultFacts
  readonly exemplars: OwnedExemplar[] = []
  readonly #counts = new Map<string, PendingCount>()

  constructor(facts: FaultFacts) {
    this.facts = { ...facts, count: 0 }
  }

  /** Takes what a report says. */
  add(report: Report, fault: FaultFacts): void {
    const { count, firstAt, lastAt } = this.facts
    this.facts = {
      ...fault,
      count: count + fault.count,
      firstAt: Math.min(firstAt, fault.firstAt),
      lastAt: Math.max(lastAt, fault.lastAt),
    }
    for (const exemplar of fault.exemplars) this.exemplars.push({ identity: report.identity, exemplar })
    const place = { service: report.identity.service, environment: report.identity.environment ?? '' }
    const minute = Math.floor(fault.lastAt / minuteMs) * minuteMs
    for (const [operation, added] of Object.entries(fault.operations)) {
      if (added > 0) this.#addCount({ place, operation, minute, count: added })
    }
  }

  /** The counts, one for each operation and minute. */
  counts(): Iterable<PendingCount> {
    return this.#counts.values()
  }

  #addCount(added: PendingCount): void {
    const key = JSON.stringify([added.place.service, added.place.environment, added.operation, added.minute])
    const pending = this.#counts.get(key)
    if (pending === undefined) this.#counts.set(key, added)
    else pending.count += added.count
  }
}
