import type { ReactNode } from 'react'
import { ListAndPanel } from '../../../shared/layout/list-and-panel.tsx'
import { usePlace, useSelect } from '../../../shared/router/use-place.ts'
import { GroupPanel } from './group-panel.tsx'
import { GroupSection } from './group-section.tsx'

/** The groups of errors and the detail of the one that is selected. */
export function ErrorsPage({ group }: { readonly group: string | null }): ReactNode {
  const { query } = usePlace()
  const select = useSelect()
  const close = (): void => select({ view: 'errors', group: null })
  return (
    <ListAndPanel
      list={<GroupSection query={query} selected={group} />}
      panel={group === null ? null : <GroupPanel key={group} id={group} onClose={close} />}
    />
  )
}
