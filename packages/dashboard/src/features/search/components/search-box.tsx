import type { UseQueryResult } from '@tanstack/react-query'
import type { SearchView } from 'breakwater/protocol'
import { type KeyboardEvent, type ReactNode, type RefObject, useDeferredValue, useId, useState } from 'react'
import { useOpen } from '../../../shared/router/use-place.ts'
import { useSearch } from '../api/get-search.ts'
import { hitPlace, type SearchHit, stepThrough } from '../model/hit-place.ts'
import { SearchHits } from './search-hits.tsx'

/** Finds groups, services, operations, policies and traces while one types. */
export function SearchBox({ field }: { readonly field: RefObject<HTMLInputElement | null> }): ReactNode {
  const listId = useId()
  const { text, write, active, q, search, hits, choose, press } = useSearching()
  return (
    <div
      className="search"
      role="search"
      onBlur={(event) => leaves(event.currentTarget, event.relatedTarget) && write('')}
    >
      <Field {...{ field, listId, text, active }} isOpen={q !== ''} onPress={press} onText={write} />
      {q === '' ? null : <SearchHits id={listId} {...{ q, hits, active, search }} onChoose={choose} />}
    </div>
  )
}

interface Searching {
  readonly text: string
  readonly q: string
  readonly active: number
  readonly search: UseQueryResult<SearchView>
  readonly hits: readonly SearchHit[]
  readonly write: (text: string) => void
  readonly choose: (hit: SearchHit | undefined) => void
  readonly press: (event: KeyboardEvent) => void
}

function useSearching(): Searching {
  const open = useOpen()
  const [{ text, active }, setState] = useState({ text: '', active: -1 })
  const q = useDeferredValue(text.trim())
  const search = useSearch(q)
  const hits = q === '' ? [] : (search.data?.hits ?? [])
  const write = (value: string): void => setState({ text: value, active: -1 })

  function choose(hit: SearchHit | undefined): void {
    // What was found for the text before is shown while one types on, but it is not what was asked for.
    if (!hit || search.isPlaceholderData) return
    const { route, query } = hitPlace(hit)
    write('')
    open(route, query)
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') choose(hits[Math.max(0, active)])
    if (event.key === 'Escape') write('')
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setState({ text, active: stepThrough(active, event.key === 'ArrowDown' ? 1 : -1, hits.length) })
  }

  return { text, q, active, search, hits, write, choose, press }
}

interface FieldProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly listId: string
  readonly text: string
  readonly active: number
  readonly isOpen: boolean
  readonly onPress: (event: KeyboardEvent) => void
  readonly onText: (text: string) => void
}

function Field({ field, listId, text, active, isOpen, onPress, onText }: FieldProps): ReactNode {
  return (
    <input
      ref={field}
      type="search"
      role="combobox"
      aria-label="Search errors, services, operations, policies and traces"
      aria-expanded={isOpen}
      aria-controls={isOpen ? listId : undefined}
      aria-activedescendant={active < 0 ? undefined : `${listId}-${active}`}
      placeholder="Search, press /"
      value={text}
      onKeyDown={onPress}
      onChange={(event) => onText(event.target.value)}
    />
  )
}

function leaves(box: Element, target: EventTarget | null): boolean {
  return !(target instanceof Node && box.contains(target))
}
