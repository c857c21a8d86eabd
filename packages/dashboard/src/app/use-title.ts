import { useEffect } from 'react'
import type { ViewName } from '../shared/router/route.ts'

/** Names the view in the window's title. */
export function useTitle(view: ViewName): void {
  useEffect(() => {
    const name = view === 'unknown' ? 'Not found' : view.charAt(0).toUpperCase() + view.slice(1)
    document.title = `${name} · Breakwater`
  }, [view])
}
