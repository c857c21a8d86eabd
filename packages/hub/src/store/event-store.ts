import type { MarkView } from 'breakwater/protocol'
import type { Awaitable } from './awaitable.ts'

/** Which events are asked for. */
export interface EventQuery {
  readonly from: number
  readonly to: number
  readonly service?: string
  readonly environment?: string
  readonly limit: number
}

/** What happened, one line each. */
export interface EventStore {
  /** The newest that match, oldest of them first. */
  marks(query: EventQuery): Awaitable<readonly MarkView[]>
}
