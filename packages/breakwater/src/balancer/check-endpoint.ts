import { checkNumbers, mustBe } from '../config/check-option.ts'
import type { Endpoint } from './endpoint.ts'

/**
 * Checks what is given as an endpoint.
 *
 * @throws {TypeError | RangeError} when it has no id, or a field is out of range
 */
export function checkEndpoint(endpoint: unknown): asserts endpoint is Endpoint {
  if (typeof endpoint === 'string' && endpoint !== '') return
  if (typeof endpoint !== 'object' || endpoint === null) throw notAnEndpoint(endpoint)
  const { id, zone } = endpoint as { id?: unknown; zone?: unknown }
  if (typeof id !== 'string' || id === '') throw notAnEndpoint(endpoint)
  if (zone !== undefined && typeof zone !== 'string')
    throw new TypeError(mustBe(`endpoint '${id}' as 'zone'`, 'a string', zone))
  checkNumbers(`endpoint '${id}'`, endpoint, {
    weight: { min: 0, max: 1_000, isAboveMin: true },
    priority: { min: 0, max: 99, isInteger: true },
  })
}

function notAnEndpoint(value: unknown): TypeError {
  const shown = typeof value === 'object' && value !== null ? 'an object without one' : `'${String(value)}'`
  return new TypeError(mustBe('endpoint as it', "a name or an object with an 'id'", shown))
}
