import { above } from '../../../config/option-rules.ts'
import { type DirectedFault, type ProxyFaultSettings, resolveFault } from './fault-settings.ts'

/** Bytes pass at a limited rate; each connection and each direction has that rate for itself. */
export interface BandwidthFault extends DirectedFault {
  readonly type: 'bandwidth'
  /** > 0. */
  readonly bytesPerSecond: number
}

/** Pieces as large as what passes in a tenth of a second: small enough to flow. */
const piecesPerSecond = 10

/** Makes the settings of a {@link BandwidthFault}. */
export function bandwidth({ bytesPerSecond, ...rest }: Omit<BandwidthFault, 'type'>): ProxyFaultSettings {
  return resolveFault({
    type: 'bandwidth',
    fields: { ...rest, bytesPerSecond: bytesPerSecond ?? null },
    rules: { bytesPerSecond: above(0, Number.MAX_SAFE_INTEGER) },
    direction: 'to-client',
    effect: { bytesPerSecond, pieceBytes: Math.max(1, Math.floor(bytesPerSecond / piecesPerSecond)) },
  })
}
