import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { GroupListView } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { plural } from '../../../shared/format/format-number.ts'
import { formatSpan } from '../../../shared/format/format-time.ts'
import { Empty, FilteredEmpty } from '../../../shared/layout/empty.tsx'
import { QueryView } from '../../../shared/layout/query-view.tsx'
import { lengthOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'
import { formatQuery, type Query } from '../../../shared/router/query.ts'
import { useSetQuery } from '../../../shared/router/use-place.ts'
import { useGroups } from '../api/get-groups.ts'
import { clearedFilters, filterWords, parseGroupFilters } from '../model/group-filters.ts'
import { GroupFilterBar } from './group-filter-bar.tsx'
import { GroupTable } from './group-table.tsx'

/** What the list of groups needs. */
export interface GroupSectionProps {
  readonly query: Query
  readonly selected: string | null
}

/** The groups that match the address, with their filters. */
export function GroupSection({ query, selected }: GroupSectionProps): ReactNode {
  const filters = parseGroupFilters(query)
  const setQuery = useSetQuery()
  const groups = useGroups(filters)
  const words = filterWords(filters)
  const scope = formatQuery(query)
  return (
    <>
      <h1>Errors</h1>
      <GroupFilterBar filters={filters} onChange={(change) => setQuery(change, 'replace')} />
      <QueryView query={groups} what="the errors">
        {({ pages }) =>
          pages[0]?.total === 0 ? (
            <NoGroups words={words} onClear={() => setQuery(clearedFilters)} />
          ) : (
            <Groups groups={groups} pages={pages} selected={selected} scope={scope} />
          )
        }
      </QueryView>
    </>
  )
}

interface GroupsProps {
  readonly groups: UseInfiniteQueryResult<InfiniteData<GroupListView>>
  readonly pages: readonly GroupListView[]
  readonly selected: string | null
  readonly scope: string
}

function Groups({ groups, pages, selected, scope }: GroupsProps): ReactNode {
  const rows = uniqueGroups(pages)
  return (
    <>
      <GroupTable groups={rows} selected={selected} scope={`${scope} ${pages.length}`} />
      <p className="list-foot">
        {rows.length} of {plural(pages[0]?.total ?? 0, 'group')}{' '}
        {groups.hasNextPage ? (
          <button
            type="button"
            onClick={() => void groups.fetchNextPage()}
            aria-busy={groups.isFetchingNextPage}
          >
            {groups.isFetchingNextPage ? 'Loading…' : 'Show more'}
          </button>
        ) : null}
      </p>
    </>
  )
}

// Between two pages the order may change, and a group may come twice.
function uniqueGroups(pages: readonly GroupListView[]): GroupListView['groups'][number][] {
  return [...new Map(pages.flatMap((page) => page.groups.map((group) => [group.id, group]))).values()]
}

interface NoGroupsProps {
  readonly words: string
  readonly onClear: () => void
}

function NoGroups({ words, onClear }: NoGroupsProps): ReactNode {
  const spanMs = lengthOf(useRange())
  if (words !== '') return <FilteredEmpty filters={words} onClear={onClear} />
  return <Empty>No errors in the last {formatSpan(spanMs)}.</Empty>
}
