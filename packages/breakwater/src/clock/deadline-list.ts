/** What a deadline calls when it is due. */
export interface DeadlineTarget {
  /** `tag` is what was given when the deadline was armed. */
  deadlineReached(tag: number): void
}

/** An armed deadline. */
export interface Deadline {
  /** Disarms it in O(1); does nothing when it has fired. */
  cancel(): void
}

class DeadlineNode implements Deadline {
  list: DeadlineList | undefined
  readonly target: DeadlineTarget
  readonly tag: number
  readonly due: number
  previous: DeadlineNode | undefined
  next: DeadlineNode | undefined

  constructor(list: DeadlineList, target: DeadlineTarget, tag: number, due: number) {
    this.list = list
    this.target = target
    this.tag = tag
    this.due = due
    this.previous = undefined
    this.next = undefined
  }

  cancel(): void {
    this.list?.remove(this)
  }
}

/**
 * The deadlines of one duration, in order of arming and therefore of falling due: adding, removing and
 * finding the next are O(1). The owner of the clock decides when to call {@link DeadlineList.expire}.
 *
 * @see Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987), scheme 1 with equal intervals
 */
export class DeadlineList {
  readonly durationMs: number
  #first: DeadlineNode | undefined
  #last: DeadlineNode | undefined

  constructor(durationMs: number) {
    this.durationMs = durationMs
  }

  /** True when no deadline is armed. */
  get isEmpty(): boolean {
    return this.#first === undefined
  }

  /** When the earliest deadline falls due; Infinity when there is none. */
  get nextDue(): number {
    return this.#first?.due ?? Infinity
  }

  /** Arms a deadline at `due`, which must not be before any that is armed. */
  add(target: DeadlineTarget, tag: number, due: number): Deadline {
    const node = new DeadlineNode(this, target, tag, due)
    const last = this.#last
    if (last === undefined) this.#first = node
    else {
      last.next = node
      node.previous = last
    }
    this.#last = node
    return node
  }

  /** Takes a node out. */
  remove(node: DeadlineNode): void {
    if (node.previous === undefined) this.#first = node.next
    else node.previous.next = node.next
    if (node.next === undefined) this.#last = node.previous
    else node.next.previous = node.previous
    node.list = undefined
    node.previous = undefined
    node.next = undefined
  }

  /** Fires what is due at `now`, earliest first. Targets may arm and cancel deadlines meanwhile. */
  expire(now: number): void {
    let node = this.#first
    while (node !== undefined && node.due <= now) {
      this.remove(node)
      node.target.deadlineReached(node.tag)
      node = this.#first
    }
  }
}
