import type { MouseEvent, ReactNode } from 'react'
import { usePage } from '../page-context.tsx'
import { frameQuery, type Query } from './query.ts'
import { formatHref } from './router.ts'
import type { Route } from './route.ts'
import { usePlace } from './use-place.ts'

/** What a link needs. */
export interface LinkProps {
  readonly to: Route
  /** Names of the query beside the time range; `keep` takes over the whole query. */
  readonly query?: Query | 'keep'
  readonly className?: string
  readonly id?: string
  readonly isCurrent?: boolean
  readonly children: ReactNode
}

/** A link within the page: a real address, opened without loading the page again. */
export function Link({ to, query = {}, className, id, isCurrent = false, children }: LinkProps): ReactNode {
  const { router } = usePage()
  const here = usePlace()
  const kept = query === 'keep' ? here.query : { ...frameQuery(here.query), ...query }
  const place = { route: to, query: kept }

  function open(event: MouseEvent): void {
    event.stopPropagation()
    if (event.defaultPrevented || event.button !== 0 || isModified(event)) return
    event.preventDefault()
    router.go(place)
  }

  return (
    <a
      href={formatHref(place)}
      onClick={open}
      className={className}
      id={id}
      aria-current={isCurrent ? 'page' : undefined}
    >
      {children}
    </a>
  )
}

function isModified(event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
}
