import { checkNames } from '../../../config/check-option.ts'
import type { ProxyFaultSettings } from './fault-settings.ts'

/**
 * Nobody listens: a client that connects gets ECONNREFUSED from the system, as from a process that died. Connections that are
 * open stay; a `reset` of those ends them too. All or nothing, so it takes no `rate`, and what the system refuses cannot be counted.
 */
export interface RefuseFault {
  readonly type: 'refuse'
  /** Names it in events. @default 'refuse' */
  readonly name?: string
}

/** Makes the settings of a {@link RefuseFault}. */
export function refuse(fields: Omit<RefuseFault, 'type'>): ProxyFaultSettings {
  checkNames("proxy fault 'refuse'", fields, ['name'])
  const { name = 'refuse' } = fields
  return Object.freeze({
    ...{ type: 'refuse' as const, name, rate: 0, maxInjections: Infinity, connections: 'new' as const },
    effects: Object.freeze({}),
  })
}
