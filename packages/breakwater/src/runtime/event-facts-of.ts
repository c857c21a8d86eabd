import type { BulkheadEvent } from '../bulkhead/bulkhead-events.ts'
import type { CircuitEvent } from '../circuit-breaker/circuit-breaker-events.ts'
import type { EventFacts } from '../protocol/event-facts.ts'

const longestKey = 100

/** A policy's event as the fact that travels: with the policy's reported name and epoch time. */
export function eventFactsOf(event: CircuitEvent | BulkheadEvent, policy: string, at: number): EventFacts {
  const key = 'key' in event ? event.key : undefined
  if (key === undefined) return factsOf(event, policy, at)
  const facts = factsOf(event, `${policy} [${key.slice(0, longestKey)}]`, at)
  return { ...facts, policy, details: { ...facts.details, key: key.slice(0, longestKey) } }
}

function factsOf(event: CircuitEvent | BulkheadEvent, policy: string, at: number): EventFacts {
  const { type } = event
  switch (type) {
    case 'CircuitOpened': {
      const message = `${policy}: circuit opened (${event.reason})`
      return {
        type,
        at,
        policy,
        message,
        details: { reason: event.reason, openMs: Math.round(event.openMs) },
      }
    }
    case 'CircuitHalfOpened':
      return { type, at, policy, message: `${policy}: trying again` }
    case 'CircuitClosed': {
      const message = `${policy}: circuit closed after ${(event.afterMs / 1000).toFixed(1)} s`
      return { type, at, policy, message, details: { afterMs: Math.round(event.afterMs) } }
    }
    case 'CircuitOverridden': {
      const { mode, reason } = event
      return { type, at, policy, message: `${policy}: set to ${mode} (${reason})`, details: { mode, reason } }
    }
    case 'BulkheadSaturated': {
      const { limit, queue } = event
      return { type, at, policy, message: `${policy}: all ${limit} slots taken`, details: { limit, queue } }
    }
  }
}
