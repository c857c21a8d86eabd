import { integer } from '../../../config/option-rules.ts'
import { type DirectedFault, type ProxyFaultSettings, resolveFault } from './fault-settings.ts'

/**
 * The stream ends after so many bytes as if that were all (FIN): a truncated answer. The side that sent them is hung up on,
 * and what the other still sends is dropped.
 */
export interface CutOffFault extends DirectedFault {
  readonly type: 'cut-off'
  /** How many bytes still pass, counted from when the fault hits the connection; integer ≥ 0. @default 0: at once */
  readonly afterBytes?: number
}

/** Makes the settings of a {@link CutOffFault}. */
export function cutOff({ afterBytes = 0, ...rest }: Omit<CutOffFault, 'type'>): ProxyFaultSettings {
  return resolveFault({
    type: 'cut-off',
    fields: { ...rest, afterBytes },
    rules: { afterBytes: integer(0, Number.MAX_SAFE_INTEGER) },
    direction: 'to-client',
    effect: { cut: { afterBytes, kind: 'end' } },
  })
}
