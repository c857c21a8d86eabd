/** What a budget reports. */
export type BudgetEvent = BudgetExhausted | BudgetRecovered

/** The budget refused for the first time since it last allowed an attempt. */
export interface BudgetExhausted {
  readonly type: 'BudgetExhausted'
  readonly budget: string
  /** All attempts that it has refused, ever. */
  readonly refused: number
}

/** The budget allows attempts again. */
export interface BudgetRecovered {
  readonly type: 'BudgetRecovered'
  readonly budget: string
  /** How many attempts it refused meanwhile. */
  readonly refused: number
}
