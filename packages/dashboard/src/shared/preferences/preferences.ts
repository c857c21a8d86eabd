/** What a person chose for this browser. */
export interface PreferenceValues {
  readonly theme: 'light' | 'dark' | 'system'
  /** The name that overrides are signed with; empty until given. */
  readonly name: string
}

/** The choices, kept in the browser. */
export interface Preferences {
  get(): PreferenceValues
  set(change: Partial<PreferenceValues>): void
  subscribe(listener: () => void): () => void
}

const storageKey = 'breakwater.preferences'

/** Reads stored choices; anything that is not understood is left at its default. */
export function parsePreferences(text: string | null): PreferenceValues {
  const stored = readObject(text)
  const { theme, name } = stored
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    name: typeof name === 'string' ? name.slice(0, 100) : '',
  }
}

/** Creates the choices over a storage; a storage that refuses (private window) only loses them at reload. */
export function createPreferences(storage: () => Pick<Storage, 'getItem' | 'setItem'>): Preferences {
  const listeners = new Set<() => void>()
  let values = parsePreferences(attempt(() => storage().getItem(storageKey)) ?? null)
  return {
    get: () => values,
    set(change) {
      values = { ...values, ...change }
      attempt(() => storage().setItem(storageKey, JSON.stringify(values)))
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function readObject(text: string | null): { readonly theme?: unknown; readonly name?: unknown } {
  const value: unknown = attempt((): unknown => JSON.parse(text ?? '{}'))
  return typeof value === 'object' && value !== null ? value : {}
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
