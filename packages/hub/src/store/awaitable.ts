/** A value now or later: a store inside the process answers at once, one behind a network later. */
export type Awaitable<T> = T | Promise<T>
