/** A failure that a breaker saw, as a person recognises it. */
export interface SeenFailure {
  /** `TypeError`, or the type of a thrown value that is no error. */
  readonly name: string
  /** Its message, at most 200 characters. */
  readonly message: string
  /** How often in a row of different ones it was seen. */
  readonly count: number
  /** When it was last seen, monotonic milliseconds. */
  readonly at: number
}

const longestMessage = 200

interface Noted {
  readonly name: string
  readonly message: string
  count: number
  at: number
}

/** The last different failures, newest first; bounded, and no error object is kept. */
export class FailureLog {
  readonly #limit: number
  #newest: Noted | undefined = undefined
  #others: readonly Noted[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Newest first. */
  get seen(): readonly SeenFailure[] {
    return this.#newest === undefined ? [] : [this.#newest, ...this.#others]
  }

  /** Notes a failure. In a storm they are nearly all the same: that allocates nothing. */
  note(error: unknown, at: number): void {
    const name = nameOf(error)
    const message = messageOf(error)
    const newest = this.#newest
    if (newest !== undefined && newest.message === message && newest.name === name) {
      newest.count++
      newest.at = at
    } else this.#noteOther(name, message, at)
  }

  #noteOther(name: string, message: string, at: number): void {
    const known = this.#others.find((other) => other.message === message && other.name === name)
    const others = this.seen.filter((other) => other !== known).slice(0, this.#limit - 1)
    this.#newest = { name, message, count: (known?.count ?? 0) + 1, at }
    this.#others = others
  }
}

/** What is thrown may be anything, also an object whose properties throw. */
function nameOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.name).slice(0, 100) : typeof error
  } catch {
    return typeof error
  }
}

function messageOf(error: unknown): string {
  try {
    const message = error instanceof Error ? error.message : String(error)
    return message.length > longestMessage ? message.slice(0, longestMessage).toWellFormed() : message
  } catch {
    return 'cannot be read'
  }
}
