import { isResilienceError } from '../../faults/is-resilience-error.ts'
import { ResilienceError } from '../../faults/resilience-error.ts'

/** Why a pool lent nothing: nobody gave one back in time; too many wait already; it is closed. */
export type ResourceRefusal = 'timeout' | 'full' | 'closed'

/** The facts of a {@link ResourceUnavailableError}. */
export interface ResourceUnavailableFacts {
  readonly policy: string
  readonly reason: ResourceRefusal
  readonly waitedMs: number
  /** Resources that there are. */
  readonly size: number
  /** Why the last attempt to create one failed, when it did. */
  readonly cause: unknown
}

/** A resource pool had no resource to lend. */
export class ResourceUnavailableError extends ResilienceError {
  readonly policy: string
  readonly reason: ResourceRefusal
  /** How long this caller had waited, milliseconds. */
  readonly waitedMs: number
  /** Resources that there were. */
  readonly size: number

  constructor(facts: ResourceUnavailableFacts) {
    super(messageOf(facts), { code: 'RESOURCE_UNAVAILABLE', cause: facts.cause })
    this.name = 'ResourceUnavailableError'
    this.policy = facts.policy
    this.reason = facts.reason
    this.waitedMs = facts.waitedMs
    this.size = facts.size
  }
}

/** Whether a value is a {@link ResourceUnavailableError} of this library, of whatever copy. */
export function isResourceUnavailableError(value: unknown): value is ResourceUnavailableError {
  return isResilienceError(value) && value.code === 'RESOURCE_UNAVAILABLE'
}

function messageOf({ policy, reason, waitedMs, size }: ResourceUnavailableFacts): string {
  if (reason === 'closed') return `Resource pool '${policy}' is closed`
  if (reason === 'full') return `Resource pool '${policy}' is exhausted and too many wait already`
  return `Resource pool '${policy}' of ${size} had nothing to lend within ${Math.round(waitedMs)} ms`
}
