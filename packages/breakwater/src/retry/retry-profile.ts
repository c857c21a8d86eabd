import { exponential } from './backoff.ts'
import type { RetryOptions } from './retry-options.ts'

/** The kinds of operation that have a profile. */
export type ProfiledOperation =
  'database_query' | 'redis_operation' | 'email_sending' | 'family_operation' | 'sbd_transaction'

interface Profile {
  /** After the first attempt: one less than the attempts of the table that they come from. */
  readonly maxRetries: number
  readonly initialMs: number
}

const profiles: Readonly<Record<ProfiledOperation, Profile>> = /* @__PURE__ */ Object.freeze({
  database_query: { maxRetries: 2, initialMs: 1_000 },
  redis_operation: { maxRetries: 2, initialMs: 500 },
  email_sending: { maxRetries: 4, initialMs: 2_000 },
  family_operation: { maxRetries: 2, initialMs: 1_000 },
  sbd_transaction: { maxRetries: 1, initialMs: 1_000 },
})

/**
 * The options of a retry for a kind of operation, named like it: how patient one can be with a query, and how patient
 * with an e-mail. What the options say themselves holds. The waits double, up to 20 s, with full jitter.
 *
 * @throws {RangeError} when there is no such profile
 * @example
 * const mail = retry(retryProfile('email_sending', { budget }))
 */
export function retryProfile(operation: ProfiledOperation, options: RetryOptions = {}): RetryOptions {
  const profile = Object.hasOwn(profiles, operation) ? profiles[operation] : undefined
  if (profile === undefined) {
    const known = Object.keys(profiles).join(', ')
    throw new RangeError(
      `Cannot find profile of retries as it must be one of ${known}: current value is ${String(operation)}`,
    )
  }
  const { maxRetries, initialMs } = profile
  return { name: operation, maxRetries, backoff: exponential({ initialMs }), ...options }
}
