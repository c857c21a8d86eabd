import type { ReactNode } from 'react'
import { useNow } from '../page-context.tsx'
import { formatAge, formatFull, formatIso } from './format-time.ts'

/** How long ago something was; ticks, and says date, time and zone on hover. */
export function Age({ at }: { readonly at: number }): ReactNode {
  const now = useNow()
  return (
    <time dateTime={formatIso(at)} title={formatFull(at)}>
      {formatAge(at, now)}
    </time>
  )
}
