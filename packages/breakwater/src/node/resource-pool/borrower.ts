import { Deadline, type DeadlineTarget } from '../../clock/deadline.ts'
import type { Member } from './member.ts'
import type { AcquireOptions } from './resource-pool-api.ts'

/** Who is told that a borrower leaves with nothing. */
export interface BorrowerOwner<Resource> {
  waitedTooLong(borrower: Borrower<Resource>): void
  aborted(borrower: Borrower<Resource>, reason: unknown): void
}

/** Somebody who waits for a resource. */
export class Borrower<Resource> implements DeadlineTarget {
  readonly since: number
  readonly label: string
  readonly promise: Promise<Member<Resource>>
  readonly deadline: Deadline = new Deadline(this, 0)
  readonly #owner: BorrowerOwner<Resource>
  readonly #signal: AbortSignal | undefined
  readonly #resolvers = Promise.withResolvers<Member<Resource>>()

  constructor(owner: BorrowerOwner<Resource>, { signal, label = '' }: AcquireOptions, since: number) {
    this.#owner = owner
    this.#signal = signal
    this.since = since
    this.label = label
    this.promise = this.#resolvers.promise
    signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  give(member: Member<Resource>): void {
    this.#leave()
    this.#resolvers.resolve(member)
  }

  refuse(error: unknown): void {
    this.#leave()
    this.#resolvers.reject(error)
  }

  deadlineReached(): void {
    this.#owner.waitedTooLong(this)
  }

  #leave(): void {
    this.deadline.cancel()
    this.#signal?.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = (): void => this.#owner.aborted(this, this.#signal?.reason)
}
