import { createContext, useContext, useSyncExternalStore } from 'react'
import type { HubClock } from './clock/clock.ts'
import type { SecondHand } from './clock/second-hand.ts'
import type { LiveStream } from './live/live-stream.ts'
import type { Preferences } from './preferences/preferences.ts'
import type { Router } from './router/router.ts'

/** What lives as long as the page and is handed to whoever needs it. */
export interface PageParts {
  readonly clock: HubClock
  readonly seconds: SecondHand
  readonly live: LiveStream
  readonly router: Router
  readonly preferences: Preferences
}

/** Carries the page's parts to its components. */
export const PageContext = createContext<PageParts | null>(null)

/** The page's parts. */
export function usePage(): PageParts {
  const parts = useContext(PageContext)
  if (!parts) throw new Error('The page context is missing')
  return parts
}

/** The time, renewed each second. */
export function useNow(): number {
  const { seconds } = usePage()
  return useSyncExternalStore(seconds.subscribe, seconds.getNow)
}
