import { checkNames, checkNumbers, mustBe } from '../config/check-option.ts'

/** When a fault may be injected, by the wall clock. */
export interface ChaosSchedule {
  /** The first moment: epoch milliseconds, or a date as ISO 8601 text. @default always */
  readonly from?: number | string
  /** The moment from which on no more: epoch milliseconds, or a date as ISO 8601 text. @default never */
  readonly until?: number | string
  /** Repeats: the first `forMs` of every such period, counted from `from`, or from 1970; milliseconds, ≥ 1. @default no repetition */
  readonly everyMs?: number
  /** How much of each period, milliseconds, above 0 and up to `everyMs`; needs `everyMs`. @default the whole */
  readonly forMs?: number
}

/** A schedule in numbers. */
export interface ResolvedSchedule {
  readonly from: number
  readonly until: number
  readonly everyMs: number
  readonly forMs: number
}

const what = 'chaos schedule'

/**
 * Validates a schedule.
 *
 * @throws {RangeError | TypeError} when a moment is none, or the times contradict each other
 */
export function resolveSchedule(schedule: ChaosSchedule): ResolvedSchedule {
  checkNames(what, schedule, ['from', 'until', 'everyMs', 'forMs'])
  const { everyMs = Infinity, forMs = everyMs } = schedule
  if (schedule.forMs !== undefined && schedule.everyMs === undefined) {
    throw new TypeError(`Cannot create ${what} as 'forMs' needs 'everyMs'`)
  }
  checkNumbers(
    what,
    { everyMs, forMs },
    { everyMs: { min: 1 }, forMs: { min: 0, isAboveMin: true, max: everyMs } },
  )
  const from = momentOf('from', schedule.from, -Infinity)
  const until = momentOf('until', schedule.until, Infinity)
  if (from < until) return Object.freeze({ from, until, everyMs, forMs })
  throw new RangeError(`Cannot create ${what} as 'from' must be before 'until'`)
}

/** Whether the schedule allows a fault at `epochMs`. */
export function isScheduled({ from, until, everyMs, forMs }: ResolvedSchedule, epochMs: number): boolean {
  if (epochMs < from || epochMs >= until) return false
  return (epochMs - (from === -Infinity ? 0 : from)) % everyMs < forMs
}

function momentOf(field: string, value: number | string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const moment = typeof value === 'string' ? Date.parse(value) : value
  if (typeof moment === 'number' && !Number.isNaN(moment)) return moment
  throw new TypeError(mustBe(`${what} as '${field}'`, 'epoch milliseconds or an ISO 8601 date', value))
}
