import { expect, test } from 'vitest'
import { readEvent } from './read-event.ts'

const now = Date.UTC(2026, 0, 1)

test.each([
  'CircuitKeysExhausted',
  'BudgetExhausted',
  'BulkheadBreached',
  'LimitChanged',
  'RateLimitReached',
  'ThrottleStarted',
  'EndpointEjected',
  'FailoverStarted',
  'PanicStarted',
  'DiscoveryFailed',
  'ChaosStarted',
  'OptionsIgnored',
  'SomethingNewerThanThisHub',
])('an event %s is taken as it is', (type) => {
  const event = { type, at: now, message: 'nodes: it happened', policy: 'nodes', details: { endpoint: 'b' } }

  expect(readEvent(event, now)).toEqual(event)
})

test.each(['circuitOpened', 'Circuit opened', 'Circuit-Opened', '', `A${'b'.repeat(60)}`, 7, null])(
  'an event of type %j is refused',
  (type) => {
    expect(() => readEvent({ type, at: now, message: 'm' }, now)).toThrow(
      "'type' must be a name in past tense",
    )
  },
)

test('an event whose details hold a list is refused, and the field is named', () => {
  const event = { type: 'FailoverStarted', at: now, message: 'm', details: { shares: [0.5, 0.5] } }

  expect(() => readEvent(event, now)).toThrow(/'details\.?\[?.*shares/)
})
