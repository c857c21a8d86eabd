import { atLeast, integer } from '../../../config/option-rules.ts'
import { type DirectedFault, type ProxyFaultSettings, resolveFault } from './fault-settings.ts'
import { longestMs } from './longest.ts'

/**
 * Bytes arrive in small pieces, each sent by itself: for parsers that take a read for a message. A receiver that reads late
 * may find several together; `gapMs` keeps them apart.
 */
export interface SliceFault extends DirectedFault {
  readonly type: 'slice'
  /** The largest piece; integer ≥ 1. @default 1 */
  readonly bytes?: number
  /** The least time between two pieces: milliseconds, 0 to a day. @default 0: a turn of the event loop */
  readonly gapMs?: number
}

/** Makes the settings of a {@link SliceFault}. */
export function slice({ bytes = 1, gapMs = 0, ...rest }: Omit<SliceFault, 'type'>): ProxyFaultSettings {
  return resolveFault({
    type: 'slice',
    fields: { ...rest, bytes, gapMs },
    rules: { bytes: integer(1, Number.MAX_SAFE_INTEGER), gapMs: atLeast(0, longestMs) },
    direction: 'to-client',
    effect: { pieceBytes: bytes, gapMs },
  })
}
