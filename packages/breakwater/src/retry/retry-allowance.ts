/** What an attempt is added for: what a budget may price. */
export type AddedAttempt = 'failure' | 'timeout' | 'hedge'

/**
 * The part of a budget that retries and hedges use; `retryBudget()` and `tokenBudget()` make one. The optional
 * methods are for budgets that live from outcomes.
 */
export interface RetryAllowance {
  /** A first attempt is made. */
  deposit(): void
  /** Takes one attempt more, or says that there is none left. */
  tryWithdraw(added?: AddedAttempt): boolean
  /** A call succeeded; `added` is what its last further attempt was taken for, if it had one. */
  succeeded?(added: AddedAttempt | undefined): void
  /** An attempt failed in a way that may be tried again. */
  failed?(): void
}
