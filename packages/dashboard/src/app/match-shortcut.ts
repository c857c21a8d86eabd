import type { Route } from '../shared/router/route.ts'
import { railEntries } from './rail-entries.ts'

/** What a key does. */
export type Shortcut =
  | { readonly action: 'search' | 'help' | 'toggle-live' | 'next-row' | 'previous-row' | 'close' | 'wait' }
  | { readonly action: 'open'; readonly to: Route }

const single: Readonly<Record<string, Exclude<Shortcut['action'], 'open'>>> = {
  '/': 'search',
  '?': 'help',
  '.': 'toggle-live',
  j: 'next-row',
  k: 'previous-row',
  g: 'wait',
  Escape: 'close',
}

/** The meaning of a key, given the key before it (`g` opens a view together with the next); undefined for none. */
export function matchShortcut(key: string, before: string, hasLab: boolean): Shortcut | undefined {
  if (before === 'g') {
    const entry = railEntries(hasLab).find((each) => each.key === key)
    if (entry) return { action: 'open', to: entry.to }
  }
  const action = Object.hasOwn(single, key) ? single[key] : undefined
  return action && { action }
}
