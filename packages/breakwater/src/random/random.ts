/** A source of chance. */
export interface Random {
  /** The next number, uniform in [0, 1). */
  next(): number
}
