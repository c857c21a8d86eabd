import type { UseQueryResult } from '@tanstack/react-query'
import type { SearchView } from 'breakwater/protocol'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useDeferredValue,
  useEffect,
  useId,
  useState,
} from 'react'
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
  const [{ text, active, isWanted }, setState] = useState({ text: '', active: -1, isWanted: false })
  const q = useDeferredValue(text.trim())
  const search = useSearch(q)
  const hits = q === '' ? [] : (search.data?.hits ?? [])
  const write = (value: string): void => setState({ text: value, active: -1, isWanted: false })

  function choose(hit: SearchHit | undefined): void {
    if (!hit) return
    const { route, query } = hitPlace(hit)
    write('')
    open(route, query)
  }

  // Enter may come before the answer: it is kept until then.
  useEffect(() => {
    if (isWanted && search.isSuccess && q === text.trim()) choose(hits[Math.max(0, active)])
  })

  function press(event: KeyboardEvent): void {
    const { key } = event
    if (key === 'Enter') setState({ text, active, isWanted: true })
    if (key === 'Escape') write('')
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return
    event.preventDefault()
    setState({
      text,
      active: stepThrough(active, key === 'ArrowDown' ? 1 : -1, hits.length),
      isWanted: false,
    })
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
