/** A level that tells a budget of calls. Levels that share a budget tell it of a call once, however often they are entered. */
export interface Depositor {
  readonly budget: object
}

/** What a call keeps of that. */
export interface DepositNote {
  /** The last level that told its budget of the call. */
  depositor: Depositor | undefined
}

/** Whether the budget is yet to hear of the call: then this level is the one that speaks for it. */
export function claimDeposit(call: DepositNote, depositor: Depositor): boolean {
  if (call.depositor?.budget === depositor.budget) return false
  call.depositor = depositor
  return true
}

/** Whether it is for this level to tell the budget how the call ended. */
export function speaksFor(call: DepositNote, depositor: Depositor): boolean {
  return call.depositor === depositor || call.depositor?.budget !== depositor.budget
}
