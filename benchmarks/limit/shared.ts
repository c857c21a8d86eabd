import type { Tick } from '../clock/coarse-tick.ts'

type Work = () => Promise<unknown>
type KeyedProtect = (work: Work, key: string) => Promise<unknown>

/** A cache alone: answers live for `ttlMs`, and the one used longest ago makes room. */
export function limitCache(ttlMs: number, maxEntries: number, tick: Tick): KeyedProtect {
  const entries = new Map<string, { readonly value: unknown; readonly until: number }>()
  const keep = (key: string, value: unknown): unknown => {
    entries.set(key, { value, until: tick.now + ttlMs })
    const [oldest] = entries.size > maxEntries ? entries.keys() : []
    if (oldest !== undefined) entries.delete(oldest)
    return value
  }
  return (work, key) => {
    const entry = entries.get(key)
    if (entry === undefined || entry.until <= tick.now) return work().then((value) => keep(key, value))
    entries.delete(key)
    entries.set(key, entry)
    return Promise.resolve(entry.value)
  }
}

/** Coalescing alone: calls of a key that is under way get its answer. */
export function limitCoalescing(): KeyedProtect {
  const underWay = new Map<string, Promise<unknown>>()
  return (work, key) => {
    const first = underWay.get(key)
    if (first !== undefined) return first
    const end = (): void => {
      underWay.delete(key)
    }
    const call = work()
    underWay.set(key, call)
    call.then(end, end)
    return call
  }
}
