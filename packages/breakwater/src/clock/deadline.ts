/** What a deadline calls when it is due. */
export interface DeadlineTarget {
  /** `tag` is what the deadline was made with. */
  deadlineReached(tag: number): void
}

/** A deadline of one target: armed by a {@link Clock}'s deadline list, and used again as often as one likes. */
export class Deadline {
  declare readonly target: DeadlineTarget
  declare readonly tag: number
  declare due: number
  /** Its neighbours in the ring of its list while it is armed. */
  declare previous: Deadline | undefined
  declare next: Deadline | undefined

  constructor(target: DeadlineTarget, tag: number) {
    this.target = target
    this.tag = tag
    this.due = 0
    this.previous = undefined
    this.next = undefined
  }

  /** Disarms it in O(1); does nothing when it is not armed. */
  cancel(): void {
    const { previous, next } = this
    if (previous === undefined || next === undefined) return
    previous.next = next
    next.previous = previous
    this.previous = undefined
    this.next = undefined
  }
}
