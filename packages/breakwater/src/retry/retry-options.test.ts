import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { retry } from './retry.ts'

const matches = (): boolean => true
const none = (): number => 0

describe('retry() options', () => {
  const count = 'must be an integer >= 0 and <= 10000'

  it.each([
    [{ maxRetries: -1 }, `'maxRetries' ${count}: current value is -1`],
    [{ maxRetries: 10_001 }, `'maxRetries' ${count}: current value is 10001`],
    [{ maxRetries: 1.5 }, `'maxRetries' ${count}: current value is 1.5`],
    [{ totalMs: 0 }, "'totalMs' must be a number > 0: current value is 0"],
    [{ maxRetryAfterMs: -1 }, "'maxRetryAfterMs' must be a number >= 0: current value is -1"],
    [{ recoverySpreadMs: NaN }, "'recoverySpreadMs' must be a number >= 0: current value is NaN"],
    [{ retryOn: 'all' }, "'retryOn' must be a function: current value is 'all'"],
    [{ remainingMs: 5 }, "'remainingMs' must be a function: current value is 5"],
    [{ level: 'normal' }, "'level' must be a function: current value is 'normal'"],
    [{ onEvent: 1 }, "'onEvent' must be a function: current value is 1"],
    [{ backoff: 100 }, "'backoff' must be an object: current value is 100"],
    [{ backoff: {} }, "'backoff.delayMs' must be a function: current value is undefined"],
    [{ budget: {} }, "'budget.deposit' must be a function: current value is undefined"],
    [{ budget: { deposit: none } }, "'budget.tryWithdraw' must be a function: current value is undefined"],
    [{ recovered: {} }, "'recovered.subscribe' must be a function: current value is undefined"],
    [{ rules: 5 }, "'rules' must be an array: current value is 5"],
    [{ rules: [{}] }, "'rules.matches' must be a function: current value is null"],
    [{ rules: [undefined] }, "'rules.matches' must be a function: current value is null"],
    [{ rules: [{ matches }] }, "'rules.backoff.delayMs' must be a function: current value is null"],
    [
      { rules: [{ matches, backoff: {} }] },
      "'rules.backoff.delayMs' must be a function: current value is null",
    ],
    [{ retryableErrors: 'TypeError' }, "'retryableErrors' must be an array: current value is TypeError"],
    [{ nonRetryableErrors: 'Error' }, "'nonRetryableErrors' must be an array: current value is Error"],
    [
      { retryableErrors: ['A', null] },
      "'retryableErrors' must be classes, functions and names: current value is null",
    ],
    [
      { nonRetryableErrors: [5] },
      "'nonRetryableErrors' must be classes, functions and names: current value is 5",
    ],
    [{ honourRetryAfter: 'yes' }, "'honourRetryAfter' must be a boolean: current value is yes"],
    [{ retryRejections: 1 }, "'retryRejections' must be a boolean: current value is 1"],
    [{ byCriticality: { low: -1 } }, `'low' ${count}: current value is -1`],
    [{ byCriticality: { normal: 1.5 } }, `'normal' ${count}: current value is 1.5`],
    [{ byCriticality: { high: 10_001 } }, `'high' ${count}: current value is 10001`],
    [{ byCriticality: { critical: NaN } }, `'critical' ${count}: current value is NaN`],
    [
      { byCriticality: { urgent: 1 } },
      "'urgent' is not an option of it: the options are low, normal, high, critical",
    ],
    [
      { maxAttempts: 3 },
      "'maxAttempts' is not an option of it: the options are maxRetries, backoff, budget, retryOn",
    ],
  ])('%o is refused by name and value', (options, message) => {
    expect(() => retry(options as object)).toThrow(`Cannot create retry as ${message}`)
  })

  it.each([
    { maxRetries: 0, totalMs: 0.1, maxRetryAfterMs: 0, recoverySpreadMs: 0, byCriticality: { low: 0 } },
    { maxRetries: 10_000, totalMs: Infinity, maxRetryAfterMs: Infinity, byCriticality: { low: 10_000 } },
    { rules: [{ name: 'all', maxRetries: 1, matches, backoff: { delayMs: none } }] },
    { retryableErrors: [Error, 'ECONNRESET', matches], nonRetryableErrors: [TypeError] },
    { backoff: undefined, retryOn: undefined, rules: undefined, honourRetryAfter: undefined },
  ])('takes the ends of what is allowed: %o', (options) => {
    expect(retry(options as object).kind).toBe('retry')
  })

  it('has two retries, no budget and no limit of time, and is called after its kind, by default', () => {
    const { kind, name, maxRetries, hasBudget, hasTotalLimit } = retry()

    expect({ kind, name, maxRetries, hasBudget, hasTotalLimit }).toEqual({
      ...{ kind: 'retry', name: 'retry', maxRetries: 2, hasBudget: false, hasTotalLimit: false },
    })
  })

  it('says that it has a budget or a limit of time when it has one', () => {
    const budget = { deposit: none, tryWithdraw: matches }

    expect([retry({ budget }).hasBudget, retry({ totalMs: 1 }).hasTotalLimit]).toEqual([true, true])
  })

  it('waits by default 100 ms and then 200 ms at most, and reports so', async () => {
    const clock = new FakeClock()
    const policy = retry()
    const almostOne = { next: () => 0.999_999 }
    const times: number[] = []
    const line = pipeline({ policies: [policy], clock, random: almostOne })
    const call = line.tryRun(() => {
      times.push(Math.round(clock.now()))
      throw new Error('down')
    })
    await clock.advance(1_000)
    await call

    expect(times).toEqual([0, 100, 300])
    expect(policy.stats()).toEqual({
      counters: { retries: 2, exhausted: 1, budgetRefused: 0, timeExhausted: 0 },
      gauges: { maxRetries: 2 },
    })
  })
})
