import type { LabFaultKind } from 'breakwater/protocol'
import { errors } from './errors.ts'
import { hang } from './hang.ts'
import type { FaultKind } from './injector.ts'
import { kill } from './kill.ts'
import { latency } from './latency.ts'
import { reset } from './reset.ts'
import { trickle } from './trickle.ts'

/** Every kind of fault there is. A new one: a file beside this, and a line here. */
export const faultKinds = {
  latency,
  errors,
  reset,
  hang,
  trickle,
  kill,
} satisfies Record<LabFaultKind, FaultKind>
