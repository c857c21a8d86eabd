import type { Clock } from '../clock/clock.ts'
import type { ReporterProblem } from './reporter-options.ts'

/** Between two problems of the same kind. */
const quietMs = 30_000

interface Told {
  at: number
  untold: number
}

/** Tells problems on, at most one of each kind in 30 s; a listener that throws is not asked why. */
export class ProblemGate {
  readonly #clock: Clock
  readonly #listener: (problem: ReporterProblem) => void
  readonly #told = new Map<ReporterProblem['kind'], Told>()

  constructor(clock: Clock, listener: (problem: ReporterProblem) => void) {
    this.#clock = clock
    this.#listener = listener
  }

  tell(kind: ReporterProblem['kind'], message: string): void {
    const now = this.#clock.now()
    const told = this.#told.get(kind)
    if (told !== undefined && now - told.at < quietMs) {
      told.untold += 1
      return
    }
    this.#told.set(kind, { at: now, untold: 0 })
    try {
      this.#listener({ kind, message, untold: told?.untold ?? 0 })
    } catch {
      return
    }
  }
}
