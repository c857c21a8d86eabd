import { retryBudget, tokenBudget } from 'breakwater'
import { sharedTick } from '../clock/coarse-tick.ts'
import type { Work } from '../harness/work.ts'
import { LimitBudget } from '../limit/budget.ts'
import { each, type IdleKind } from './idle-kind.ts'

/** What retries need of a budget. */
interface Budget {
  deposit(): void
  tryWithdraw(): boolean
}

/** A retry budget for each name, as for each dependency. */
export const idleRetryBudgets: IdleKind = {
  bare: each(
    (name) => ({ name }),
    (_, work) => work(),
  ),
  limit: each(() => new LimitBudget(sharedTick()), retried),
  breakwater: each((name) => retryBudget({ name }), retried),
  'breakwater, token budget': each((name) => tokenBudget({ name }), retried),
}

/** Tries failed work once more if the budget allows it. */
async function retried(budget: Budget, work: Work): Promise<unknown> {
  budget.deposit()
  try {
    return await work()
  } catch (error) {
    if (!budget.tryWithdraw()) throw error
    return work()
  }
}
