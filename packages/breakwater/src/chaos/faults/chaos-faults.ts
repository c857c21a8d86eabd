import { mustBe } from '../../config/check-option.ts'
import type { ChaosFault, ChaosType } from '../chaos-fault.ts'
import { behavior, type BehaviorOptions } from './behavior.ts'
import { fault, type FaultOptions } from './fault.ts'
import { latency, type LatencyOptions } from './latency.ts'
import { outcome, type OutcomeOptions } from './outcome.ts'

/** A fault as plain fields, such as a configuration file has: `{ type: 'latency', rate: 0.1, ms: 800 }`. */
export type ChaosFaultFields =
  | ({ readonly type: 'fault' } & FaultOptions)
  | ({ readonly type: 'latency' } & LatencyOptions)
  | ({ readonly type: 'outcome' } & OutcomeOptions<unknown>)
  | ({ readonly type: 'behavior' } & BehaviorOptions)

/** The list of them: a further type is a file beside these and a line here. */
export const chaosFaults: Readonly<{
  fault: typeof fault
  latency: typeof latency
  outcome: typeof outcome
  behavior: typeof behavior
}> = Object.freeze({ fault, latency, outcome, behavior } satisfies Record<ChaosType, unknown>)

/**
 * Makes a fault of its fields; one that is made already is taken as it is.
 *
 * @throws {TypeError} when there is no such type
 */
export function faultOf(given: ChaosFault<unknown> | ChaosFaultFields): ChaosFault<unknown> {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(mustBe('chaos as a fault', 'an object', given))
  }
  if ('effectOn' in given) return given
  if (!Object.hasOwn(chaosFaults, given.type)) {
    const known = Object.keys(chaosFaults).join(', ')
    throw new TypeError(mustBe("chaos as a fault's 'type'", `one of ${known}`, given.type))
  }
  const { type, ...options } = given
  return (chaosFaults[type] as (options: object) => ChaosFault<unknown>)(options)
}
