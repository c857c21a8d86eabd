import { expect, it } from 'vitest'
import { bulkhead } from './bulkhead.ts'
import { bulkheadPreset } from './bulkhead-preset.ts'

it.each([
  ['critical_operations', 10, 50, 30_000],
  ['user_operations', 20, 100, 60_000],
  ['background_tasks', 5, 200, 300_000],
] as const)(
  "bulkheadPreset('story', '%s') has %d slots, %d places to wait, for %d ms",
  (name, limit, queue, maxWaitMs) => {
    expect(bulkheadPreset('story', name)).toEqual({ name, limit, queue, maxWaitMs })
  },
)

it.each([
  ['database_connections', 20, 10_000],
  ['redis_connections', 15, 5_000],
  ['email_sending', 10, 30_000],
  ['family_creation', 5, 15_000],
  ['sbd_transactions', 8, 20_000],
] as const)(
  "bulkheadPreset('enterprise', '%s') has %d slots and waits for %d ms",
  (name, limit, maxWaitMs) => {
    expect(bulkheadPreset('enterprise', name)).toEqual({ name, limit, queue: 5 * limit, maxWaitMs })
  },
)

it('bulkheadPreset() is what a bulkhead can be made with, and what is said beside it holds', () => {
  const slots = bulkhead({ ...bulkheadPreset('enterprise', 'database_connections'), limit: 10 })

  expect([slots.name, slots.limit, slots.queueLimit]).toEqual(['database_connections', 10, 100])
})

it('bulkheadPreset() says what there is when there is no such table or name', () => {
  const loose = bulkheadPreset as (table: string, name: string) => unknown

  expect(() => loose('toString', 'x')).toThrow(
    'table of bulkheads as it must be one of story, enterprise: current value is toString',
  )
  expect(() => loose('story', 'redis')).toThrow(
    'name of bulkheads as it must be one of critical_operations, user_operations, background_tasks: current value is redis',
  )
})
