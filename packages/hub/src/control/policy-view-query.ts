import type { PolicyKind } from 'breakwater/protocol'
import type { ResolvedRange } from '../analyse/range.ts'

/** Which policies are to be shown. */
export interface PolicyViewQuery {
  readonly range: ResolvedRange
  readonly now: number
  readonly service?: string
  readonly environment?: string
  readonly kind?: PolicyKind
}
