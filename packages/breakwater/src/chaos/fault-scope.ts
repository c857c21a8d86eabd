import { checkNumbers, mustBe } from '../config/check-option.ts'
import type { ChaosCall } from './chaos-call.ts'
import { type ChaosSchedule, type ResolvedSchedule, resolveSchedule } from './schedule.ts'

/** Which calls a fault may hit, and how many of them: the same for every fault. */
export interface FaultScopeOptions {
  /** The share of calls, 0–1, or a function that says it for a call; outside of 0–1 it is cut to that. @default 0.001 */
  readonly rate?: number | ((call: ChaosCall) => number)
  /** Only these operations; `payments.*` means all that begin so. Or a function that says so. @default all */
  readonly operations?: readonly string[] | ((operation: string) => boolean)
  /** Only calls with these keys. Or a function that says so. @default all */
  readonly keys?: readonly string[] | ((key: string) => boolean)
  /** Only at these times. @default always */
  readonly schedule?: ChaosSchedule
  /** No more than so many calls, ever; integer ≥ 1. @default no limit */
  readonly maxInjections?: number
  /** Names the fault in events. @default its type */
  readonly name?: string
}

/** The names of these options. */
export const scopeNames = ['rate', 'operations', 'keys', 'schedule', 'maxInjections', 'name'] as const

/** The share of calls when none is said: one in a thousand. */
export const defaultChaosRate = 0.001

/** A scope, ready to be asked. */
export interface FaultScope {
  readonly rate: number | ((call: ChaosCall) => number)
  readonly hasOperation: (operation: string) => boolean
  readonly hasKey: (key: string) => boolean
  readonly schedule: ResolvedSchedule | undefined
  readonly maxInjections: number
}

/**
 * Validates the scope of a fault.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 */
export function resolveScope(what: string, options: FaultScopeOptions): FaultScope {
  const { rate = defaultChaosRate, operations, keys, schedule, maxInjections = Infinity } = options
  if (typeof rate !== 'function') checkNumbers(what, { rate }, { rate: { min: 0, max: 1 } })
  checkNumbers(what, { maxInjections }, { maxInjections: { min: 1, isInteger: true } })
  return Object.freeze({
    rate,
    hasOperation: matcherOf(what, 'operations', operations),
    hasKey: matcherOf(what, 'keys', keys),
    schedule: schedule === undefined ? undefined : resolveSchedule(schedule),
    maxInjections,
  })
}

function matcherOf(
  what: string,
  field: string,
  rule: readonly string[] | ((name: string) => boolean) | undefined,
): (name: string) => boolean {
  if (rule === undefined) return () => true
  if (typeof rule === 'function') return rule
  if (!isNames(rule))
    throw new TypeError(mustBe(`${what} as '${field}'`, 'a list of names or a function', rule))
  const exact = new Set(rule)
  const beginnings = rule.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1))
  return (name) => exact.has(name) || beginnings.some((beginning) => name.startsWith(beginning))
}

function isNames(rule: unknown): rule is readonly string[] {
  return Array.isArray(rule) && rule.every((name) => typeof name === 'string')
}
