import type { Policies, Positions } from './order-finders.ts'

/** One known mistake of order. */
export interface OrderRule {
  readonly name: string
  /** What happens, and what to do instead. */
  readonly message: string
  /** The positions that make the mistake, or undefined when it is not made. */
  readonly find: (policies: Policies) => Positions
}
