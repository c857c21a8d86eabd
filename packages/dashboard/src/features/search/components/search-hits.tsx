import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SearchHit } from '../model/hit-place.ts'

/** What the list of hits needs. */
export interface SearchHitsProps {
  readonly id: string
  readonly q: string
  readonly hits: readonly SearchHit[]
  readonly active: number
  readonly search: UseQueryResult
  readonly onChoose: (hit: SearchHit) => void
}

/** What was found, or in words that nothing was. */
export function SearchHits({ id, q, hits, active, search, onChoose }: SearchHitsProps): ReactNode {
  return (
    <div className="hits">
      <ul id={id} role="listbox" aria-label="Found">
        {hits.map((hit, i) => (
          <li
            key={`${i} ${hit.kind} ${hit.id}`}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            onPointerDown={(event) => {
              event.preventDefault()
              onChoose(hit)
            }}
          >
            <span className="dim">{hit.kind}</span> {hit.title}
            {hit.service === null || hit.kind === 'service' ? null : (
              <span className="dim"> in {hit.service}</span>
            )}
          </li>
        ))}
      </ul>
      <p role="status">{hits.length > 0 ? '' : noHitsWords(q, search)}</p>
    </div>
  )
}

function noHitsWords(q: string, search: UseQueryResult): string {
  if (search.isError) return `The search failed. ${search.error.message}.`
  return search.isPending ? 'Searching…' : `Nothing is found for “${q}”.`
}
