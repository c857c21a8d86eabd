import { brand } from './error-brand.ts'
import type { ResilienceError } from './resilience-error.ts'

/**
 * Whether a thrown value was made by this library, also by another copy or version of it.
 * Never throws, whatever it is given.
 */
export function isResilienceError(value: unknown): value is ResilienceError {
  try {
    return typeof value === 'object' && value !== null && Reflect.get(value, brand) === true
  } catch {
    return false
  }
}
