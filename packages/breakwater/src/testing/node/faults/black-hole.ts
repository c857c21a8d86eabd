import { type DirectedFault, type ProxyFaultSettings, resolveFault } from './fault-settings.ts'

/**
 * Connections are accepted, and nothing passes: a partition, or a process that hangs. Nothing is lost: once the fault is
 * taken away, what was sent meanwhile arrives, as after a partition. The target does not hear of a new connection until then.
 */
export interface BlackHoleFault extends DirectedFault {
  readonly type: 'black-hole'
}

/** Makes the settings of a {@link BlackHoleFault}. */
export function blackHole(fields: Omit<BlackHoleFault, 'type'>): ProxyFaultSettings {
  return resolveFault({ type: 'black-hole', fields, rules: {}, direction: 'both', effect: { isHeld: true } })
}
