/** What one key may still use. All times are moments of {@link gridFloor}, each at or after those before. */
export interface Ledger {
  /** Takes `cost` if that is allowed now; otherwise takes nothing. */
  take(cost: number, now: number): boolean
  /** Milliseconds until `cost` may be taken if nobody takes anything before; 0 when it may be now. */
  waitMs(cost: number, now: number): number
  /** The highest cost that may be taken now. */
  remaining(now: number): number
  /** Whether nothing of the past counts any more: it may be forgotten, a new one would decide the same. */
  isFresh(now: number): boolean
  /** From now on another rule holds, of the same interval; what was taken stays taken. */
  adopt(rule: RateRule, now: number): void
}

/** The numbers of a limit. */
export interface RateRule {
  readonly limit: number
  readonly intervalMs: number
  readonly burst: number
}
