import type { Partition } from './partition.ts'

/** What is kept of a call that runs; used again by the next call of the same place. */
export class Admission {
  startedAt = 0
  /** How many calls ran when it was admitted, itself included. */
  inFlight = 0
  partition: Partition | undefined = undefined
}
