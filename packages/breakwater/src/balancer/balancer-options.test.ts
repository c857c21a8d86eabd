import { expect, it } from 'vitest'
import { balancer } from './balancer.ts'

const endpoints = ['a']

it('balancer() needs endpoints or a discovery', () => {
  expect(() => balancer({})).toThrow("Cannot create balancer as it needs 'endpoints' or 'discover'")
  expect(() => balancer({ endpoints: 'a' as never })).toThrow("'endpoints' must be an array")
})

it('balancer() rejects options out of range by name and value', () => {
  expect(() => balancer({ endpoints, strategy: 'best' as never })).toThrow(
    "'strategy' must be one of p2c, least-loaded, round-robin, weighted: current value is best",
  )
  expect(() => balancer({ endpoints, load: 'cpu' as never })).toThrow("'load' must be in-flight or peak-ewma")
  expect(() => balancer({ endpoints, overprovisioning: 0.99 })).toThrow(
    "'overprovisioning' must be a number >= 1",
  )
  expect(() => balancer({ endpoints, panicRatio: 1.01 })).toThrow(
    "'panicRatio' must be a number >= 0 and <= 1",
  )
  expect(() => balancer({ endpoints, slowStart: { minShare: 0 } })).toThrow("'minShare' must be a number > 0")
  expect(() => balancer({ endpoints, slowStart: { aggression: 0 } })).toThrow(
    "'aggression' must be a number > 0",
  )
  expect(() => balancer({ endpoints, strategi: 'p2c' } as never)).toThrow("'strategi' is not an option of it")
})

it('balancer() rejects options of ejection out of range', () => {
  expect(() => balancer({ endpoints, outlierEjection: { maxEjectedRatio: 1.1 } })).toThrow(
    "Cannot create balancer outlier ejection as 'maxEjectedRatio' must be a number >= 0 and <= 1: current value is 1.1",
  )
  expect(() => balancer({ endpoints, outlierEjection: { baseEjectionMs: 10, maxEjectionMs: 9 } })).toThrow(
    "'maxEjectionMs' must be a number >= 10",
  )
  expect(() => balancer({ endpoints, outlierEjection: { successRate: { minimumEndpoints: 1 } } })).toThrow(
    "'minimumEndpoints' must be an integer >= 2: current value is 1",
  )
  expect(() => balancer({ endpoints, outlierEjection: { failureRatio: { threshold: 0 } } })).toThrow(
    "'threshold' must be a number > 0 and <= 1",
  )
})

it('balancer() rejects endpoints that are none', () => {
  expect(() => balancer({ endpoints: [''] })).toThrow(
    "Cannot create endpoint as it must be a name or an object with an 'id': current value is ''",
  )
  expect(() => balancer({ endpoints: [{ id: 'a', weight: 0 }] })).toThrow(
    "Cannot create endpoint 'a' as 'weight' must be a number > 0 and <= 1000: current value is 0",
  )
  expect(() => balancer({ endpoints: [{ id: 'a', priority: 0.5 }] })).toThrow("'priority' must be an integer")
  expect(() => balancer({ endpoints: [{ id: 'a', zone: 1 as never }] })).toThrow("'zone' must be a string")
})

it('balancer() takes undefined options for their defaults', () => {
  const api = balancer({ endpoints, strategy: undefined, outlierEjection: { jitter: undefined } } as never)

  expect(api.explain()).toMatchObject({ strategy: 'p2c', load: 'peak-ewma', maxEjected: 1 })
})
