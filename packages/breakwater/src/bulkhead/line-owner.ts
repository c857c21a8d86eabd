import type { Clock } from '../clock/clock.ts'
import type { Waiter } from './waiter.ts'

/** What a line may need of its bulkhead. */
export interface LineOwner {
  readonly clock: Clock
  /** A waiter was dropped; it is out of the line already. */
  drop(waiter: Waiter): void
}
