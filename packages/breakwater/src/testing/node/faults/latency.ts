import { atLeast } from '../../../config/option-rules.ts'
import { type DirectedFault, type ProxyFaultSettings, resolveFault } from './fault-settings.ts'
import { longestMs } from './longest.ts'

/** Bytes, and the end of the stream, arrive later, in their order. With `'both'` a round trip takes twice as much longer. */
export interface LatencyFault extends DirectedFault {
  readonly type: 'latency'
  /** How much later: milliseconds, 0 to a day. */
  readonly ms: number
  /** Adds or takes up to so many milliseconds, evenly spread; 0 to a day. @default 0 */
  readonly jitterMs?: number
}

/** Makes the settings of a {@link LatencyFault}. */
export function latency({ ms, jitterMs = 0, ...rest }: Omit<LatencyFault, 'type'>): ProxyFaultSettings {
  return resolveFault({
    type: 'latency',
    fields: { ...rest, ms: ms ?? null, jitterMs },
    rules: { ms: atLeast(0, longestMs), jitterMs: atLeast(0, longestMs) },
    direction: 'to-client',
    effect: { latencyMs: ms, jitterMs },
  })
}
