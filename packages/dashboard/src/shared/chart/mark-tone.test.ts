import { expect, test } from 'vitest'
import { markTone } from './mark-tone.ts'

test.each([
  ['CircuitOpened', 'failing'],
  ['BulkheadBreached', 'failing'],
  ['PanicStarted', 'failing'],
  ['EndpointEjected', 'degraded'],
  ['BudgetExhausted', 'degraded'],
  ['ChaosStarted', 'degraded'],
  ['EndpointRestored', 'ok'],
  ['BulkheadBreachEnded', 'ok'],
  ['OptionsIgnored', 'unknown'],
  ['SomethingNewerThanThisPage', 'unknown'],
  ['toString', 'unknown'],
])('the event %s is marked %s', (type, tone) => {
  expect(markTone(type)).toBe(tone)
})
