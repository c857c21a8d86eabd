/** Why a resource was given up. */
export type RemovalReason = 'unhealthy' | 'lifetime' | 'idle' | 'broken' | 'closed' | 'late'

/** What a resource pool reports. */
export type ResourcePoolEvent =
  ResourceCreated | ResourceCreationFailed | ResourceRemoved | ResourceDestructionFailed | LeaseOverdue

/** A resource was made. */
export interface ResourceCreated {
  readonly type: 'ResourceCreated'
  readonly policy: string
  readonly size: number
  readonly tookMs: number
}

/** A resource could not be made, or not in time. */
export interface ResourceCreationFailed {
  readonly type: 'ResourceCreationFailed'
  readonly policy: string
  readonly error: unknown
  /** How long none is made. */
  readonly backoffMs: number
}

/** A resource left the pool; its destruction has begun. */
export interface ResourceRemoved {
  readonly type: 'ResourceRemoved'
  readonly policy: string
  readonly reason: RemovalReason
  readonly ageMs: number
}

/** `destroy` threw, or took longer than `destroyTimeoutMs`: the resource may be left over. */
export interface ResourceDestructionFailed {
  readonly type: 'ResourceDestructionFailed'
  readonly policy: string
  readonly error: unknown
}

/** A lease is held for longer than `leakMs`: somebody may have forgotten to give it back. Told once for each lease. */
export interface LeaseOverdue {
  readonly type: 'LeaseOverdue'
  readonly policy: string
  readonly heldMs: number
  /** What the borrower gave as `label`. */
  readonly label: string
}
