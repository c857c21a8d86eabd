/** One measured figure: a contestant in one case of one suite. */
export interface Row {
  readonly suite: string
  readonly contestant: string
  readonly case: string
  /** Nanoseconds a call, median over the rounds. */
  readonly ns: number
  /** Median over the rounds of this contestant's time by that of `bare` in the same round. */
  readonly ratio: number
  /** Bytes of heap a call; in the suites `idle`, bytes that one thing holds. */
  readonly bytes: number
}
