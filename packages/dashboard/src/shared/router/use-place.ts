import { useCallback, useSyncExternalStore } from 'react'
import { usePage } from '../page-context.tsx'
import { frameQuery, type Query } from './query.ts'
import type { Route } from './route.ts'
import type { Place } from './router.ts'

/** Where the page is. */
export function usePlace(): Place {
  const { router } = usePage()
  return useSyncExternalStore(router.subscribe, router.getPlace)
}

/** A function that opens a route and keeps the time range; further names of the query may be given. */
export function useOpen(): (route: Route, query?: Query) => void {
  const { router } = usePage()
  return useCallback(
    (route, query = {}) => router.go({ route, query: { ...frameQuery(router.getPlace().query), ...query } }),
    [router],
  )
}

/** A function that changes the query where the page is; an empty value removes its name. */
export function useSetQuery(): (change: Query, how?: 'push' | 'replace') => void {
  const { router } = usePage()
  return useCallback(
    (change, how) => {
      const { route, query } = router.getPlace()
      router.go({ route, query: { ...query, ...change } }, how)
    },
    [router],
  )
}

/** A function that selects something in the open view, or nothing, and keeps the query. */
export function useSelect(): (route: Route) => void {
  const { router } = usePage()
  return useCallback((route) => router.go({ route, query: router.getPlace().query }), [router])
}
