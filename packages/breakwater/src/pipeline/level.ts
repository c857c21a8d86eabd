import type { DeadlineList } from '../clock/deadline-list.ts'
import type { Rejection } from './rejection.ts'
import type { RunHandle } from './run-handle.ts'

/**
 * A level's answer when the run has to wait: a gate calls {@link RunHandle.admit} or {@link RunHandle.refuse} later, a driver
 * that has taken the run over {@link RunHandle.resume}.
 */
export const waiting: unique symbol = Symbol('waiting')

/** A driver's answer when it has the outcome already: it gave it to {@link RunHandle.answer}. */
export const answered: unique symbol = Symbol('answered')

/** What a level says to a run that comes in: go on (undefined), no, wait, or here is your outcome. */
export type Verdict = undefined | Rejection | typeof waiting | typeof answered

/**
 * One policy's place in a compiled pipeline.
 *
 * A *gate* decides in `enter` and learns in `exit` and `release`. A *driver* decides in `settled` whether an
 * outcome passes outward or whether the inner levels run again. All members are always there and in one order,
 * so that the engine's calls see one object shape.
 */
export interface Level {
  readonly isDriver: boolean
  /** A driver that never looks at successes. */
  readonly passesSuccess: boolean
  /** It arms a deadline. */
  readonly hasDeadline: boolean
  /** Where the engine arms the same deadline for each run, instead of calling `enter` and `exit`. */
  readonly deadlines: DeadlineList | undefined
  /** It does something on the way in. */
  readonly decides: boolean
  /** It does something on the way out. */
  readonly learns: boolean
  /** It has a `release`. */
  readonly releases: boolean
  /** Asked on the way in. Must not call user code. */
  readonly enter: (run: RunHandle, index: number) => Verdict
  /** On the way out: what was decided is in `run.kind` and `run.payload`; `rejected` means that the run did not get further in than this. */
  readonly exit: (run: RunHandle, index: number) => void
  /** Told when the work itself is over, at or after `exit`: a slot is free only now. */
  readonly release: (run: RunHandle, index: number) => void
  /** Drivers: true when the outcome was taken over and {@link RunHandle.resume} or {@link RunHandle.rerun} follows. */
  readonly settled: (run: RunHandle, index: number) => boolean
  /** Gates with a deadline: the error to fail with when it is reached. */
  readonly deadlineError: (run: RunHandle, index: number) => unknown
  /** The same: the time until then, by what is among the permits of the run; Infinity when it is not armed. */
  readonly remainingMs: (permit: unknown) => number
  /** Gates that hold something until `release`: of so many more runs the work goes on although the outcome is decided. */
  readonly abandoned: (change: 1 | -1) => void
}

/** What a policy says of its level; what is left out does nothing. */
export type LevelParts = Partial<
  Pick<
    Level,
    'enter' | 'exit' | 'release' | 'settled' | 'deadlines' | 'deadlineError' | 'remainingMs' | 'abandoned'
  >
>

const admit = (): undefined => undefined
const ignore = (): void => undefined
const pass = (): boolean => false
const unlimited = (): number => Infinity

/** A level that admits, refuses, and learns. */
export function gate(parts: LevelParts): Level {
  return level(parts, false, true)
}

/** A level that decides what runs and how often. */
export function driver(parts: LevelParts, passesSuccess = true): Level {
  return level(parts, true, passesSuccess)
}

function level(parts: LevelParts, isDriver: boolean, passesSuccess: boolean): Level {
  return {
    isDriver,
    passesSuccess,
    hasDeadline: parts.deadlineError !== undefined,
    deadlines: parts.deadlines,
    decides: parts.enter !== undefined || parts.deadlines !== undefined,
    learns: parts.exit !== undefined || parts.deadlines !== undefined,
    releases: parts.release !== undefined,
    enter: parts.enter ?? admit,
    exit: parts.exit ?? ignore,
    release: parts.release ?? ignore,
    settled: parts.settled ?? pass,
    deadlineError: parts.deadlineError ?? ignore,
    remainingMs: parts.remainingMs ?? unlimited,
    abandoned: parts.abandoned ?? ignore,
  }
}
