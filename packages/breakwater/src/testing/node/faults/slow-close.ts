import { atLeast } from '../../../config/option-rules.ts'
import { type DirectedFault, type ProxyFaultSettings, resolveFault } from './fault-settings.ts'
import { longestMs } from './longest.ts'

/** Bytes pass as ever; that a side has closed is learnt later. A reset is not held up. */
export interface SlowCloseFault extends DirectedFault {
  readonly type: 'slow-close'
  /** How much later: milliseconds, 0 to a day. */
  readonly ms: number
}

/** Makes the settings of a {@link SlowCloseFault}. */
export function slowClose({ ms, ...rest }: Omit<SlowCloseFault, 'type'>): ProxyFaultSettings {
  return resolveFault({
    type: 'slow-close',
    fields: { ...rest, ms: ms ?? null },
    rules: { ms: atLeast(0, longestMs) },
    direction: 'both',
    effect: { closeDelayMs: ms },
  })
}
