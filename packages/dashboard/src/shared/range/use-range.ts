import { useCallback, useMemo } from 'react'
import { usePlace, useSetQuery } from '../router/use-place.ts'
import { fixedQuery, parseRange, type Span, type TimeRange } from './range.ts'

/** The time range in the address. */
export function useRange(): TimeRange {
  const { range, from, to } = usePlace().query
  return useMemo(
    () => parseRange({ ...(range && { range }), ...(from && { from }), ...(to && { to }) }),
    [range, from, to],
  )
}

/** A function that looks closer at a part of the range; the browser's back button restores the range before. */
export function useZoom(): (span: Span) => void {
  const setQuery = useSetQuery()
  return useCallback((span: Span) => setQuery(fixedQuery(span)), [setQuery])
}
