import type { CallObserver } from './call-observer.ts'
import type { Level } from './level.ts'

/** A compiled pipeline: what all its runs share. */
export interface Plan {
  readonly operation: string
  /** Outermost first. */
  readonly levels: readonly Level[]
  readonly observer: CallObserver | undefined
  /** Frees a value that nobody gets. Does not throw. */
  readonly dispose: (value: unknown) => void
  /** No driver looks at successes: those may leave by the short way. */
  readonly passesSuccess: boolean
  /** A level may settle a call while its work goes on. */
  readonly settlesEarly: boolean
  /** Indexes of the levels that decide on the way in, outermost first. */
  readonly enters: readonly number[]
  /** Indexes of the levels that learn outcomes, innermost first. */
  readonly exits: readonly number[]
  /** Indexes of the levels that are told when the work is over, innermost first. */
  readonly releases: readonly number[]
}

/** What a plan is made of. */
export type PlanParts = Pick<Plan, 'operation' | 'levels' | 'observer' | 'dispose'>

/** Puts levels together, once for each pipeline. */
export function planOf(parts: PlanParts): Plan {
  const { levels } = parts
  const outward = levels.map((_, index) => index).reverse()
  return {
    ...parts,
    passesSuccess: levels.every((level) => !level.isDriver || level.passesSuccess),
    settlesEarly: levels.some((level) => level.hasDeadline),
    enters: levels.map((_, index) => index).filter((index) => levels[index]?.decides),
    exits: outward.filter((index) => levels[index]?.learns),
    releases: outward.filter((index) => levels[index]?.releases),
  }
}
