import { type EventFacts, reportLimits } from '../protocol/index.ts'

/** How many events of one type and policy an interval may have; those beyond are counted with the last of them. */
const mostAlike = 10

interface Alike {
  kept: number
  /** Where the last one that was kept is. */
  at: number
  /** How many came after it. */
  more: number
}

/** The events since the last report: bounded, what does not fit is counted. */
export class EventLog {
  #events: EventFacts[] = []
  #alike = new Map<string, Alike>()
  #dropped = 0

  /** Keeps an event. */
  add(event: EventFacts): void {
    const key = `${event.type}/${event.policy ?? ''}`
    const alike = this.#alike.get(key) ?? { kept: 0, at: 0, more: 0 }
    if (alike.kept === mostAlike) alike.more++
    else if (this.#events.length === reportLimits.events) this.#dropped++
    else {
      alike.kept++
      alike.at = this.#events.length
      this.#alike.set(key, alike)
      const message = event.message.slice(0, reportLimits.messageLength).toWellFormed()
      this.#events.push({ ...event, message })
    }
  }

  /** Takes out what was kept since the call before. */
  collect(): { readonly events: readonly EventFacts[]; readonly dropped: number } {
    const collected = { events: this.#counted(), dropped: this.#dropped }
    this.#events = []
    this.#alike = new Map()
    this.#dropped = 0
    return collected
  }

  #counted(): readonly EventFacts[] {
    const moreAt = new Map([...this.#alike.values()].map(({ at, more }) => [at, more]))
    return this.#events.map((event, at) => {
      const more = moreAt.get(at) ?? 0
      return more === 0 ? event : { ...event, details: { ...event.details, more } }
    })
  }
}
