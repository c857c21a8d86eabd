/** What a deadline calls when it is due. */
export interface DeadlineTarget {
  /** `tag` is what the deadline was made with. */
  deadlineReached(tag: number): void
}

/** The list that a deadline stands in while it is armed. */
export interface DeadlineOwner {
  remove(deadline: Deadline): void
}

/** A deadline of one target: armed by a {@link Clock}'s deadline list, and used again as often as one likes. */
export class Deadline {
  declare readonly target: DeadlineTarget
  declare readonly tag: number
  declare due: number
  declare list: DeadlineOwner | undefined
  declare previous: Deadline | undefined
  declare next: Deadline | undefined

  constructor(target: DeadlineTarget, tag: number) {
    this.target = target
    this.tag = tag
    this.due = 0
    this.list = undefined
    this.previous = undefined
    this.next = undefined
  }

  /** Disarms it in O(1); does nothing when it is not armed. */
  cancel(): void {
    const { list } = this
    if (list !== undefined) list.remove(this)
  }
}
