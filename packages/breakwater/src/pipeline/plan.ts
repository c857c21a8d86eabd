import type { CallObserver } from './call-observer.ts'
import type { Level } from './level.ts'

/** A level, and where it stands. */
export interface PlacedLevel extends Level {
  readonly index: number
}

/** The levels from some index on that have something to do: a run calls no others. */
export interface Way {
  /** On the way in, outermost first. */
  readonly enters: readonly PlacedLevel[]
  /** On the way out, innermost first. */
  readonly exits: readonly PlacedLevel[]
  /** When the work is over, innermost first. */
  readonly releases: readonly PlacedLevel[]
}

/** A compiled pipeline: what all its runs share. */
export interface Plan {
  readonly operation: string
  /** Outermost first. */
  readonly levels: readonly PlacedLevel[]
  /** By the index of the first level: one more than there are levels. */
  readonly ways: readonly Way[]
  readonly observer: CallObserver | undefined
  /** Frees a value that nobody gets. Does not throw. */
  readonly dispose: (value: unknown) => void
  /** No driver looks at successes: those may leave by the short way. */
  readonly passesSuccess: boolean
  /** A level may settle a call while its work goes on. */
  readonly settlesEarly: boolean
  /** More of a call may be run when a deadline is reached: the clock's context is not the caller's, which has to be kept. */
  readonly keepsContext: boolean
}

/** What a plan is made of. */
export interface PlanParts extends Pick<Plan, 'operation' | 'observer' | 'dispose' | 'keepsContext'> {
  readonly levels: readonly Level[]
}

/** Puts levels together, once for each pipeline. */
export function planOf({ levels: parts, keepsContext, ...shared }: PlanParts): Plan {
  const levels = parts.map((level, index) => ({ ...level, index }))
  const settlesEarly = levels.some((level) => level.hasDeadline)
  return {
    ...shared,
    levels,
    ways: [...levels.keys(), levels.length].map((lo) => wayThrough(levels.slice(lo))),
    passesSuccess: levels.every((level) => !level.isDriver || level.passesSuccess),
    settlesEarly,
    keepsContext: keepsContext && settlesEarly && levels.some((level) => level.isDriver),
  }
}

function wayThrough(levels: readonly PlacedLevel[]): Way {
  const outward = levels.toReversed()
  return {
    enters: levels.filter((level) => level.decides),
    exits: outward.filter((level) => level.learns),
    releases: outward.filter((level) => level.releases),
  }
}
