import { handleWhen, retry as cockatielRetry } from 'cockatiel'
import { retry } from 'breakwater'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compare } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, isWorthRetrying, succeedingWork, type Work } from './harness/work.ts'
import { limitRetry } from './limit/alone.ts'

const options = { maxRetries: 2, retryOn: isWorthRetrying }

/** Retry around work that succeeds, and around work whose error is not worth another attempt. */
export const retrySuite: Suite = {
  name: 'retry',
  about: 'two retries; the failing work is not retried. opossum has no retry.',
  async run(settings) {
    const success = await compare(caseOf('success', succeedingWork), settings)
    return [...success, ...(await compare(caseOf('failure', failingWork), settings))]
  },
}

function caseOf(name: string, makeWork: () => Work): Case {
  return {
    ...{ suite: 'retry', case: name, loop: name === 'success' ? 'plain' : 'catching' },
    contestants: {
      bare: () => ({ call: makeWork() }),
      limit: () => limitTrial(makeWork()),
      breakwater: () => ours([retry(options)], makeWork()),
      'breakwater + runtime': () => oursWithRuntime([retry(options)], makeWork()),
      cockatiel: () => cockatielTrial(makeWork()),
    },
  }
}

function limitTrial(work: Work): { call: () => unknown } {
  const run = limitRetry(options.maxRetries, isWorthRetrying)
  return { call: () => run(work) }
}

function cockatielTrial(work: Work): { call: () => unknown } {
  const policy = cockatielRetry(handleWhen(isWorthRetrying), { maxAttempts: 2 })
  return { call: () => policy.execute(work) }
}
