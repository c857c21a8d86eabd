import { retryBudget } from '../../../src/budget/retry-budget.ts'
import { circuitBreaker } from '../../../src/circuit-breaker/circuit-breaker.ts'
import { retry } from '../../../src/retry/retry.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import type { ClientPolicies } from './metastable-run.ts'

/** How long a client waits for one answer. */
const attempt = { ms: 1_000 } as const

/** What clients do, by name: what tests assert and plots show. Numbers that are not given are the library's defaults. */
export const clients: Readonly<Record<string, ClientPolicies>> = {
  'no retry': () => [timeout(attempt)],
  'naive retries': () => [retry({ maxRetries: 3 }), timeout(attempt)],
  'budget, no breaker': (clock) => [
    timeout({ totalMs: 5_000 }),
    retry({ budget: retryBudget({ clock }) }),
    timeout(attempt),
  ],
  'breaker, no budget': (clock, random) => [
    timeout({ totalMs: 5_000 }),
    retry({ maxRetries: 3 }),
    circuitBreaker({ clock, random }),
    timeout(attempt),
  ],
  'our defaults': (clock, random) => [
    timeout({ totalMs: 5_000 }),
    retry({ budget: retryBudget({ clock }) }),
    circuitBreaker({ clock, random }),
    timeout(attempt),
  ],
}
