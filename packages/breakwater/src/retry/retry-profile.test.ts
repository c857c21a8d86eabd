import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { exponential } from './backoff.ts'
import { retry } from './retry.ts'
import { type ProfiledOperation, retryProfile } from './retry-profile.ts'

const almostOne = { next: () => 0.999_999 }

/** When each attempt of a call begins that always fails, with the longest waits that jitter gives. */
async function attemptTimes(operation: ProfiledOperation): Promise<readonly number[]> {
  const clock = new FakeClock()
  const times: number[] = []
  const line = pipeline({ policies: [retry(retryProfile(operation))], clock, random: almostOne })
  const call = line.tryRun(() => {
    times.push(Math.round(clock.now()))
    throw new Error('down')
  })
  await clock.advance(60_000)
  await call
  return times
}

describe('retryProfile()', () => {
  it.each<[ProfiledOperation, readonly number[]]>([
    ['database_query', [0, 1_000, 3_000]],
    ['redis_operation', [0, 500, 1_500]],
    ['email_sending', [0, 2_000, 6_000, 14_000, 30_000]],
    ['family_operation', [0, 1_000, 3_000]],
    ['sbd_transaction', [0, 1_000]],
  ])('%s makes its attempts at %j ms at the latest', async (operation, times) => {
    expect(await attemptTimes(operation)).toEqual(times)
  })

  it('names the retry like the operation', () => {
    expect(retry(retryProfile('redis_operation')).name).toBe('redis_operation')
  })

  it('what the options say themselves holds', () => {
    const policy = retry(retryProfile('email_sending', { maxRetries: 1, name: 'mail' }))

    expect([policy.maxRetries, policy.name]).toEqual([1, 'mail'])
  })

  it.each(['toString', 'email', undefined])('refuses the operation %s, which has no profile', (operation) => {
    expect(() => retryProfile(operation as ProfiledOperation)).toThrow(
      `must be one of database_query, redis_operation, email_sending, family_operation, sbd_transaction: current value is ${String(operation)}`,
    )
  })
})

it('three retries from a second on with proportional jitter and no cap wait from 1.1 to 2 times 1, 2 and 4 s', () => {
  const backoff = exponential({ initialMs: 1_000, maxMs: Infinity, jitter: 'proportional' })
  const waits = (chance: number): readonly number[] =>
    [1, 2, 3].map((n) => Math.round(backoff.delayMs(n, { next: () => chance }, 0)))

  expect(waits(0)).toEqual([1_100, 2_200, 4_400])
  expect(waits(1)).toEqual([2_000, 4_000, 8_000])
})
