import type { ScenarioResults } from './scenarios.ts'

/** What the scenarios come to on every platform. */
export const expectedResults: ScenarioResults = {
  retry: { value: 'third time', attempts: 3, hasWaited: true },
  breaker: { states: ['closed', 'open', 'closed'], refusal: 'CIRCUIT_OPEN' },
  timeout: { isTimeout: true, isAborted: true, limitMs: 20 },
  bulkhead: { most: 2, values: [1, 2, 3, 4], isRefused: true },
  hedge: { value: 'second', isLoserAborted: true },
  cache: { values: [1, 1], afterFailure: 1 },
  fallback: { value: 'less' },
  runtime: { successes: 1, failures: 1, faults: 1 },
}
