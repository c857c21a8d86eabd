import type { WorkerTask } from './worker-task.ts'

/** Tasks in order of arrival: adding, taking and leaving from anywhere are O(1). */
export class TaskQueue {
  #first: WorkerTask | undefined
  #last: WorkerTask | undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  add(task: WorkerTask): void {
    task.previous = this.#last
    if (this.#last === undefined) this.#first = task
    else this.#last.next = task
    this.#last = task
    this.#size++
  }

  /** Takes the task that has waited longest. */
  take(): WorkerTask | undefined {
    const first = this.#first
    if (first !== undefined) this.remove(first)
    return first
  }

  remove(task: WorkerTask): void {
    if (task.previous === undefined) this.#first = task.next
    else task.previous.next = task.next
    if (task.next === undefined) this.#last = task.previous
    else task.next.previous = task.previous
    task.previous = undefined
    task.next = undefined
    this.#size--
  }
}
