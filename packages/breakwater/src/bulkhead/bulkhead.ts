import type { Bulkhead } from './bulkhead-api.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'
import { SlotBulkhead } from './slot-bulkhead.ts'

/**
 * Makes a bulkhead: at most `limit` calls run at once, `queue` more wait, others are refused with
 * `BulkheadFullError`. A slot is held until the work has ended, not until the caller gave up on it, so a timeout
 * never lets more work in than the limit. A freed slot goes to one of those who wait, by default to the call that waited
 * longest; newcomers never overtake.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 * @example
 * const smtp = bulkhead({ name: 'smtp', limit: 4, queue: 100, maxWaitMs: 2_000 })
 * await smtp.run(() => sendMail(message))
 */
export function bulkhead(options: BulkheadOptions = {}): Bulkhead {
  return new SlotBulkhead(options)
}
