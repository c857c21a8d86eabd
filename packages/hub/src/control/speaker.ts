import type { InstanceRecord } from '../store/instance-store.ts'
import type { PolicyStateRecord } from '../store/policy-store.ts'

/** An instance that a policy is heard from. */
export interface Speaker {
  readonly state: PolicyStateRecord
  readonly instance: InstanceRecord
  readonly isLive: boolean
}
