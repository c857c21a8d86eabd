import { useSyncExternalStore } from 'react'
import { usePage } from '../page-context.tsx'
import type { PreferenceValues } from './preferences.ts'

/** The choices of this browser and the way to change them. */
export function usePreferences(): [PreferenceValues, (change: Partial<PreferenceValues>) => void] {
  const { preferences } = usePage()
  const values = useSyncExternalStore(preferences.subscribe, preferences.get)
  return [values, preferences.set]
}
