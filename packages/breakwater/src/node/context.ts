import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

/** What travels with a call through all that it awaits. */
export interface ContextValues {
  /** 32 hex digits. */
  readonly traceId?: string
  /** 16 hex digits: the span that runs now. */
  readonly spanId?: string
  readonly traceFlags?: number
  readonly tracestate?: string
  readonly baggage?: Readonly<Record<string, string>>
  /** The operation that runs now. */
  readonly operation?: string
  /** When the caller stops waiting, in monotonic milliseconds of the runtime's clock. */
  readonly deadlineAt?: number
  /** The application's own: a user id, a request id. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** One runtime's context. Values are never changed: an inner `run` lays its own over those around it. */
export interface RuntimeContext {
  /** Runs `fn` with these values over the ones around it; the earlier of two deadlines holds. */
  run<T>(values: ContextValues, fn: () => T): T
  /** The values here; empty outside any `run`. */
  get(): ContextValues
  /** Runs `fn` with the values of here but for the deadline: for what goes on after its caller has gone. */
  detach<T>(fn: () => T): T
  /** `fn`, to be called later with the context of now: for event listeners and pools. */
  bind<Args extends readonly unknown[], T>(fn: (...args: Args) => T): (...args: Args) => T
}

const empty: ContextValues = Object.freeze({})

/** Makes a context that no other shares. */
export function createContext(): RuntimeContext {
  const storage = new AsyncLocalStorage<ContextValues>()
  return {
    run: (values, fn) => storage.run(merge(storage.getStore(), values), fn),
    detach: (fn) => storage.run(withoutDeadline(storage.getStore()), fn),
    get: () => storage.getStore() ?? empty,
    bind: (fn) => AsyncResource.bind(fn),
  }
}

function merge(outer: ContextValues | undefined, inner: ContextValues): ContextValues {
  if (outer === undefined) return Object.freeze({ ...inner })
  const deadlineAt = Math.min(outer.deadlineAt ?? Infinity, inner.deadlineAt ?? Infinity)
  return Object.freeze({
    ...outer,
    ...inner,
    ...(deadlineAt !== Infinity && { deadlineAt }),
    ...mergeRecord('attributes', outer, inner),
    ...mergeRecord('baggage', outer, inner),
  })
}

function withoutDeadline({ deadlineAt, ...others }: ContextValues = empty): ContextValues {
  return Object.freeze(others)
}

function mergeRecord(
  key: 'attributes' | 'baggage',
  outer: ContextValues,
  inner: ContextValues,
): ContextValues {
  if (outer[key] === undefined || inner[key] === undefined) return empty
  return { [key]: Object.freeze({ ...outer[key], ...inner[key] }) }
}
