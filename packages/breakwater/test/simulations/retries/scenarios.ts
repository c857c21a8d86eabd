import { retryBudget } from '../../../src/budget/retry-budget.ts'
import { tokenBudget } from '../../../src/budget/token-budget.ts'
import { exponential } from '../../../src/retry/backoff.ts'
import { decorrelated } from '../../../src/retry/decorrelated-backoff.ts'
import type { Backoff, Jitter } from '../../../src/retry/jitter.ts'
import type { StormRun } from './retry-storm.ts'

/** How clients retry in the storm, by name: what tests assert and plots show. */
export const storms: Readonly<Record<string, StormRun>> = {
  'storm, no retry': { maxRetries: 0 },
  'storm, three retries without a budget': { maxRetries: 3 },
  'storm, three retries, ratio budget': { maxRetries: 3, budget: (clock) => retryBudget({ clock }) },
  'storm, three retries, token budget': { maxRetries: 3, budget: (clock) => tokenBudget({ clock }) },
}

const spread = (jitter: Jitter): Backoff => exponential({ initialMs: 200, maxMs: 2_000, jitter })

/** How the waits of the herd are spread, by name. */
export const herds: Readonly<Record<string, Backoff>> = {
  'herd, no jitter': spread('none'),
  'herd, full jitter': spread('full'),
  'herd, equal jitter': spread('equal'),
  'herd, proportional jitter': spread('proportional'),
  'herd, decorrelated': decorrelated({ initialMs: 200, maxMs: 2_000 }),
}
