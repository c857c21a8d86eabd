import { mustBe, show } from '../../../config/check-option.ts'
import { bandwidth, type BandwidthFault } from './bandwidth.ts'
import { blackHole, type BlackHoleFault } from './black-hole.ts'
import { cutOff, type CutOffFault } from './cut-off.ts'
import type { ProxyFaultSettings, ProxyFaultType } from './fault-settings.ts'
import { latency, type LatencyFault } from './latency.ts'
import { refuse, type RefuseFault } from './refuse.ts'
import { reset, type ResetFault } from './reset.ts'
import { slice, type SliceFault } from './slice.ts'
import { slowClose, type SlowCloseFault } from './slow-close.ts'

/** What can be wrong between a client and its target, as plain fields: `{ type: 'latency', ms: 800 }`. */
export type ProxyFault =
  | RefuseFault
  | BlackHoleFault
  | LatencyFault
  | BandwidthFault
  | ResetFault
  | CutOffFault
  | SlowCloseFault
  | SliceFault

/** The list of them: a further one is a file beside these and a line here. */
const kinds = {
  refuse,
  'black-hole': blackHole,
  latency,
  bandwidth,
  reset,
  'cut-off': cutOff,
  'slow-close': slowClose,
  slice,
} satisfies Record<ProxyFaultType, unknown>

/**
 * Validates a fault.
 *
 * @throws {RangeError | TypeError} that names the fault, its field and the value
 */
export function settingsOf(fault: ProxyFault): ProxyFaultSettings {
  if (typeof fault !== 'object' || fault === null)
    throw new TypeError(mustBe('proxy fault', 'an object', show(fault)))
  const { type, ...fields } = fault
  if (Object.hasOwn(kinds, type)) return (kinds[type] as (fields: object) => ProxyFaultSettings)(fields)
  const known = Object.keys(kinds).join(', ')
  throw new TypeError(mustBe("proxy fault as 'type'", `one of ${known}`, show(type)))
}
