import { describe, expect, it } from 'vitest'
import { eventFactsOf } from './event-facts-of.ts'
import type { PolicyEvent } from './policy-event.ts'

const policy = 'its own name'
const endpoint = 'node-3'

describe('eventFactsOf()', () => {
  it.each<[PolicyEvent, string, object | undefined]>([
    [{ type: 'CircuitHalfOpened', policy }, 'stripe: trying again', undefined],
    [
      { type: 'CircuitClosed', policy, afterMs: 5_060.4 },
      'stripe: circuit closed after 5.1 s',
      { afterMs: 5_060 },
    ],
    [
      { type: 'CircuitOverridden', policy, mode: 'forced-open', reason: 'deploy' },
      'stripe: set to forced-open (deploy)',
      { mode: 'forced-open', reason: 'deploy' },
    ],
    [
      { type: 'CircuitKeysExhausted', policy, maxKeys: 100 },
      'stripe: all 100 keys are in trouble, no room for others',
      { maxKeys: 100 },
    ],
    [
      { type: 'BulkheadSaturated', policy, limit: 10, queue: 5 },
      'stripe: all 10 slots taken',
      { limit: 10, queue: 5 },
    ],
    [
      {
        ...{ type: 'BulkheadBreached', policy, reasons: ['abandoned', 'held-too-long'], abandoned: 6 },
        ...{ overdue: 2, limit: 10, mitigation: 'shed-low' },
      },
      'stripe: work that should have ended holds 6 of 10 slots',
      { reasons: 'abandoned, held-too-long', abandoned: 6, overdue: 2, limit: 10, mitigation: 'shed-low' },
    ],
    [
      { type: 'BulkheadBreachEnded', policy, afterMs: 700 },
      'stripe: the slots came back after 0.7 s',
      { afterMs: 700 },
    ],
    [
      { type: 'ThrottleStarted', policy, ratio: 0.42, requests: 100, accepts: 29 },
      'stripe: 42 % of the calls are shed, as the dependency accepted 29 of 100',
      { ratio: 0.42, requests: 100, accepts: 29 },
    ],
    [
      { type: 'ThrottleEnded', policy, shed: 40, afterMs: 2_000 },
      'stripe: nothing is shed any more, after 40 calls in 2.0 s',
      { shed: 40, afterMs: 2_000 },
    ],
    [
      {
        ...{ type: 'EndpointEjected', policy, endpoint, reason: '5 calls failed in a row' },
        ...{ forMs: 30_000, times: 1 },
      },
      'stripe: node-3 gets no calls for 30.0 s (5 calls failed in a row)',
      { endpoint, reason: '5 calls failed in a row', forMs: 30_000, times: 1 },
    ],
    [
      { type: 'EndpointRestored', policy, endpoint, because: 'probe' },
      'stripe: node-3 gets calls again',
      { endpoint, because: 'probe' },
    ],
    [
      { type: 'FailoverStarted', policy, shares: [0.6, 0.4] },
      'stripe: calls go to further priority levels: 60 %, 40 %',
      { shares: '60 %, 40 %' },
    ],
    [{ type: 'FailoverEnded', policy }, 'stripe: the first priority level takes all calls again', undefined],
    [
      { type: 'PanicStarted', policy, priorities: [0, 1] },
      'stripe: too few healthy endpoints in level 0, 1: all of them are used',
      { priorities: '0, 1' },
    ],
    [{ type: 'PanicEnded', policy }, 'stripe: enough endpoints are healthy again', undefined],
    [
      { type: 'DiscoveryFailed', policy, error: new TypeError('secret') },
      'stripe: the endpoints could not be asked for (TypeError); those that were known stay',
      undefined,
    ],
    [
      { type: 'DiscoveryFailed', policy, error: 'secret' },
      'stripe: the endpoints could not be asked for (string); those that were known stay',
      undefined,
    ],
  ])('says of %o: %s', (event, message, details) => {
    const { type } = event

    expect(eventFactsOf(event, 'stripe', 7)).toEqual({
      ...{ type, at: 7, policy: 'stripe', message },
      ...(details !== undefined && { details }),
    })
  })

  it('names the key of a keyed breaker, cut to 100 characters', () => {
    const key = 'k'.repeat(101)

    const facts = eventFactsOf({ type: 'CircuitHalfOpened', policy, key }, 'hooks', 7)

    expect(facts?.message).toBe(`hooks [${'k'.repeat(100)}]: trying again`)
    expect(facts?.details).toEqual({ key: 'k'.repeat(100) })
  })

  it.each(['CircuitKeyEvicted', 'EndpointAdded', 'toString'])('leaves %s at home', (type) => {
    expect(eventFactsOf({ type, policy } as unknown as PolicyEvent, 'stripe', 7)).toBeUndefined()
  })
})
