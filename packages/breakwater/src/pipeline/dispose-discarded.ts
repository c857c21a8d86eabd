import { isThenable } from './is-thenable.ts'

/**
 * Frees a value that came too late, or lost a race: nobody else will. A `Response` gives its connection back, a stream is
 * cancelled, and what has `Symbol.asyncDispose` or `Symbol.dispose` is disposed. Anything else is left alone. Never throws.
 */
export function disposeDiscarded(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  try {
    const result = disposerOf(value)?.()
    if (isThenable(result)) result.then(undefined, () => undefined)
  } catch {
    // It is thrown away: that this fails changes nothing for anybody.
  }
}

type Method = (this: unknown) => unknown

function disposerOf(value: object): (() => unknown) | undefined {
  const { body } = value as { body?: { cancel?: unknown; locked?: unknown } | null }
  if (isMethod(body?.cancel) && body.locked !== true) return body.cancel.bind(body)
  for (const key of [Symbol.asyncDispose, Symbol.dispose]) {
    const dispose: unknown = Reflect.get(value, key)
    if (isMethod(dispose)) return dispose.bind(value)
  }
  return undefined
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}
