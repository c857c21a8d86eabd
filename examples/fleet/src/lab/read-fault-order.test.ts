import { expect, test } from 'vitest'
import { readFaultOrder } from './read-fault-order.ts'

test('readFaultOrder() fills in what an order leaves out', () => {
  expect(readFaultOrder({ target: 'payments', kind: 'hang' })).toEqual({
    ...{ target: 'payments', kind: 'hang', ratio: 1, latencyMs: 2_000, status: 503, durationMs: 30_000 },
  })
})

test('readFaultOrder() refuses an unknown target by name and value', () => {
  expect(() => readFaultOrder({ target: 'hub', kind: 'hang' })).toThrow(
    `The field 'target' must be one of payments, inventory, recommendations: current value is "hub"`,
  )
})

test('readFaultOrder() refuses an unknown kind', () => {
  expect(() => readFaultOrder({ target: 'payments', kind: 'constructor' })).toThrow(`The field 'kind'`)
})

test('readFaultOrder() refuses a ratio above 1', () => {
  expect(() => readFaultOrder({ target: 'payments', kind: 'hang', ratio: 1.01 })).toThrow(
    `The field 'ratio' must be a number from 0 to 1: current value is 1.01`,
  )
})

test('readFaultOrder() refuses a duration above ten minutes', () => {
  expect(() => readFaultOrder({ target: 'payments', kind: 'hang', durationMs: 600_001 })).toThrow(
    `The field 'durationMs'`,
  )
})

test('readFaultOrder() refuses a status that is no failure', () => {
  expect(() => readFaultOrder({ target: 'payments', kind: 'errors', status: 200 })).toThrow(
    `The field 'status' must be a whole number from 400 to 599: current value is 200`,
  )
})

test('readFaultOrder() refuses a body that is no object', () => {
  expect(() => readFaultOrder('hang')).toThrow('The body must be an object')
})
