/**
 * Frees a value that came too late, or lost a race: nobody else will. A `Response` gives its connection back, a stream is
 * cancelled, and what has `Symbol.asyncDispose` or `Symbol.dispose` is disposed. Anything else is left alone. Never throws.
 */
export function disposeDiscarded(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  try {
    const result = disposerOf(value)?.()
    if (result instanceof Promise) result.catch(() => undefined)
  } catch {
    // It is thrown away: that this fails changes nothing for anybody.
  }
}

function disposerOf(value: object): (() => unknown) | undefined {
  const { body } = value as { body?: { cancel?: unknown; locked?: unknown } | null }
  if (typeof body?.cancel === 'function' && body.locked !== true)
    return () => Reflect.apply(body.cancel as () => unknown, body, [])
  for (const key of [Symbol.asyncDispose, Symbol.dispose]) {
    const dispose: unknown = Reflect.get(value, key)
    if (typeof dispose === 'function') return () => Reflect.apply(dispose, value, [])
  }
  return undefined
}
