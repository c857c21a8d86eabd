import type { AuditEntry, Override } from 'breakwater/protocol'
import type { Awaitable } from './awaitable.ts'

/** The overrides of one service and how often they changed. */
export interface ServiceOverrides {
  readonly revision: number
  readonly overrides: readonly Override[]
}

/** What people ordered, and the trail of it. */
export interface OverrideStore {
  /** Puts an override in force (`automatic` takes it away), writes the trail and raises the service's revision, all or nothing. */
  put(override: Override): Awaitable<ServiceOverrides>
  ofService(service: string): Awaitable<ServiceOverrides>
  all(): Awaitable<readonly Override[]>
  /** Newest first. */
  audit(limit: number): Awaitable<readonly AuditEntry[]>
}
