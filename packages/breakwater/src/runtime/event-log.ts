import { type EventFacts, reportLimits } from '../protocol/index.ts'

/** The events since the last report: bounded, what does not fit is counted. */
export class EventLog {
  #events: EventFacts[] = []
  #dropped = 0

  /** Keeps an event. */
  add(event: EventFacts): void {
    const message = event.message.slice(0, reportLimits.messageLength).toWellFormed()
    if (this.#events.length < reportLimits.events) this.#events.push({ ...event, message })
    else this.#dropped++
  }

  /** Takes out what was kept since the call before. */
  collect(): { readonly events: readonly EventFacts[]; readonly dropped: number } {
    const collected = { events: this.#events, dropped: this.#dropped }
    this.#events = []
    this.#dropped = 0
    return collected
  }
}
