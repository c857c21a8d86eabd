const brand: unique symbol = Symbol.for('breakwater.Transferred')

/** What can be moved to another thread instead of being copied: an `ArrayBuffer`, a `MessagePort`, … */
export type Transferable = import('node:worker_threads').Transferable

/** A task's result of which parts are moved to the caller instead of copied. */
export interface Transferred<T> {
  readonly value: T
  readonly transfer: readonly Transferable[]
  readonly [brand]: true
}

/**
 * Lets a task hand its result over without a copy: what is in `transfer` is moved, and no longer usable in the worker.
 *
 * @example
 * export function render(page: string): Transferred<ArrayBuffer> {
 *   const pixels = draw(page)
 *   return transferred(pixels, [pixels])
 * }
 */
export function transferred<T>(value: T, transfer: readonly Transferable[]): Transferred<T> {
  return { value, transfer, [brand]: true }
}

/** Whether a task answered with {@link transferred}, of whatever copy of the library. */
export function isTransferred(value: unknown): value is Transferred<unknown> {
  return typeof value === 'object' && value !== null && Reflect.get(value, brand) === true
}
