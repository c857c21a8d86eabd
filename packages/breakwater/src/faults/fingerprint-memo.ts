import {
  describeProblem,
  type Fingerprint,
  type FingerprintOptions,
  locateProblem,
  type Problem,
} from './fingerprint.ts'

/** From so many equal fingerprints on, the next error that says the same is taken to come from the same place. */
const enough = 100
const mostProblems = 1_000

interface Seen {
  readonly print: Fingerprint
  count: number
  /** Errors that say the same come from more than one place: each must be looked at. */
  isMixed: boolean
}

/**
 * Fingerprints that stay cheap in a storm. Reading a stack costs 5 µs, with source maps 100 µs: after 100
 * errors of one operation with the same name, code and message that all came from one place, the stacks of
 * further ones are not read until {@link FingerprintMemo.reset}.
 */
export class FingerprintMemo {
  readonly #options: FingerprintOptions
  #seen = new Map<string, Seen>()

  constructor(options: FingerprintOptions) {
    this.#options = options
  }

  /** The fingerprint of an error of an operation. Never throws. */
  of(error: unknown, operation: string): Fingerprint {
    const problem = describeProblem(error, this.#options)
    const key = `${problem.name}|${problem.code}|${operation}|${problem.message}`
    const seen = this.#seen.get(key)
    if (seen !== undefined && !seen.isMixed && seen.count >= enough) return seen.print
    return this.#look(error, problem, { key, seen })
  }

  /** Forgets everything. */
  reset(): void {
    if (this.#seen.size > 0) this.#seen = new Map()
  }

  #look(
    error: unknown,
    problem: Problem,
    { key, seen }: { readonly key: string; readonly seen: Seen | undefined },
  ): Fingerprint {
    const print = locateProblem(error, problem, this.#options)
    if (seen === undefined) {
      if (this.#seen.size < mostProblems) this.#seen.set(key, { print, count: 1, isMixed: false })
      return print
    }
    seen.count += 1
    if (seen.print.fingerprint !== print.fingerprint) seen.isMixed = true
    return print
  }
}
