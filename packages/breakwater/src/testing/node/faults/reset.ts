import { integer } from '../../../config/option-rules.ts'
import { type DirectedFault, type ProxyFaultSettings, resolveFault } from './fault-settings.ts'

/**
 * The connection is reset (RST) on both sides: at once, or after so many bytes in the middle of an answer. To a receiver that
 * reads late a reset may overtake the last bytes, as real ones do: it gets at most `afterBytes`.
 */
export interface ResetFault extends DirectedFault {
  readonly type: 'reset'
  /** How many bytes still pass, counted from when the fault hits the connection; integer ≥ 0. @default 0: at once */
  readonly afterBytes?: number
}

/** Makes the settings of a {@link ResetFault}. */
export function reset({ afterBytes = 0, ...rest }: Omit<ResetFault, 'type'>): ProxyFaultSettings {
  return resolveFault({
    type: 'reset',
    fields: { ...rest, afterBytes },
    rules: { afterBytes: integer(0, Number.MAX_SAFE_INTEGER) },
    direction: 'to-client',
    effect: { cut: { afterBytes, kind: 'reset' } },
  })
}
