import { readProperty } from '../faults/read-property.ts'
import type { EventFacts } from '../protocol/event-facts.ts'
import type { PolicyEvents, PolicyEventType } from './policy-event.ts'

/** What is said of an event: the policy's name goes before it. */
export interface Sentence {
  readonly says: string
  readonly details?: NonNullable<EventFacts['details']>
}

type Sentences = { readonly [Type in PolicyEventType]: (event: PolicyEvents[Type]) => Sentence }

/** What a person is told of each event. */
export const eventSentences: Sentences = {
  CircuitOpened: ({ reason, openMs }) => ({
    says: `circuit opened (${reason})`,
    details: { reason, openMs: Math.round(openMs) },
  }),
  CircuitHalfOpened: () => ({ says: 'trying again' }),
  CircuitClosed: ({ afterMs }) => ({
    says: `circuit closed after ${seconds(afterMs)}`,
    details: { afterMs: Math.round(afterMs) },
  }),
  CircuitOverridden: ({ mode, reason }) => ({
    says: `set to ${mode} (${reason})`,
    details: { mode, reason },
  }),
  CircuitKeysExhausted: ({ maxKeys }) => ({
    says: `all ${maxKeys} keys are in trouble, no room for others`,
    details: { maxKeys },
  }),
  BulkheadSaturated: ({ limit, queue }) => ({
    says: `all ${limit} slots taken`,
    details: { limit, queue },
  }),
  BulkheadBreached: ({ reasons, abandoned, overdue, limit, mitigation }) => ({
    says: `work that should have ended holds ${Math.max(abandoned, overdue)} of ${limit} slots`,
    details: { reasons: reasons.join(', '), abandoned, overdue, limit, mitigation },
  }),
  BulkheadBreachEnded: ({ afterMs }) => ({
    says: `the slots came back after ${seconds(afterMs)}`,
    details: { afterMs: Math.round(afterMs) },
  }),
  ThrottleStarted: ({ ratio, requests, accepts }) => ({
    says: `${percent(ratio)} of the calls are shed, as the dependency accepted ${accepts} of ${requests}`,
    details: { ratio, requests, accepts },
  }),
  ThrottleEnded: ({ shed, afterMs }) => ({
    says: `nothing is shed any more, after ${shed} calls in ${seconds(afterMs)}`,
    details: { shed, afterMs: Math.round(afterMs) },
  }),
  EndpointEjected: ({ endpoint, reason, forMs, times }) => ({
    says: `${endpoint} gets no calls for ${seconds(forMs)} (${reason})`,
    details: { endpoint, reason, forMs: Math.round(forMs), times },
  }),
  EndpointRestored: ({ endpoint, because }) => ({
    says: `${endpoint} gets calls again`,
    details: { endpoint, because },
  }),
  FailoverStarted: ({ shares }) => ({
    says: `calls go to further priority levels: ${shares.map(percent).join(', ')}`,
    details: { shares: shares.map(percent).join(', ') },
  }),
  FailoverEnded: () => ({ says: 'the first priority level takes all calls again' }),
  PanicStarted: ({ priorities }) => ({
    says: `too few healthy endpoints in level ${priorities.join(', ')}: all of them are used`,
    details: { priorities: priorities.join(', ') },
  }),
  PanicEnded: () => ({ says: 'enough endpoints are healthy again' }),
  DiscoveryFailed: ({ error }) => ({
    says: `the endpoints could not be asked for (${nameOf(error)}); those that were known stay`,
  }),
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

/** Its message may hold what logs should not. */
function nameOf(error: unknown): string {
  const name = readProperty(error, 'name')
  return typeof name === 'string' ? name.slice(0, 100) : typeof error
}
