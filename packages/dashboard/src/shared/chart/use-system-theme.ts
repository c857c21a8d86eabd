import { useSyncExternalStore } from 'react'

const darkQuery = '(prefers-color-scheme: dark)'

/** Whether the system asks for dark; renewed when that changes. */
export function useSystemTheme(): boolean {
  return useSyncExternalStore(subscribe, isDark)
}

function isDark(): boolean {
  return matchMedia(darkQuery).matches
}

function subscribe(listener: () => void): () => void {
  const list = matchMedia(darkQuery)
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}
