import { retryBudget } from '../../../src/budget/retry-budget.ts'
import { hedge } from '../../../src/hedge/hedge.ts'
import type { HedgingClient } from './hedging-run.ts'

/** Who hedges how, by name: what tests assert and plots show. Numbers that are not given are the library's defaults. */
export const hedgings: Readonly<Record<string, HedgingClient>> = {
  'no hedge': () => () => [],
  'hedge, no budget': () => () => [hedge()],
  'hedge, a budget for each operation': (clock) => () => [hedge({ budget: retryBudget({ clock }) })],
  'hedge, one shared budget': (clock) => {
    const budget = retryBudget({ clock })
    return () => [hedge({ budget })]
  },
}
