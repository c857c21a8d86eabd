/** The calls of one tier. */
export class Tier {
  readonly name: string
  /** Its part of the slots and of the queue, 0–1. */
  readonly share: number
  /** Its place among the tiers. */
  readonly index: number
  /** Slots that its calls hold. */
  active = 0
  /** Its calls that wait. */
  queued = 0

  constructor(name: string, share: number, index: number) {
    this.name = name
    this.share = share
    this.index = index
  }
}
