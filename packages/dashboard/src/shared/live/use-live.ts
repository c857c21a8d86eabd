import { useSyncExternalStore } from 'react'
import { usePage } from '../page-context.tsx'
import type { LiveState } from './live-state.ts'

/** The state of the live stream, renewed with each tick. */
export function useLive(): LiveState {
  const { live } = usePage()
  return useSyncExternalStore(live.subscribe, live.getState)
}
