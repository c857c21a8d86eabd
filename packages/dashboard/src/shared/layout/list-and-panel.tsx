import type { ReactNode } from 'react'

/** A list and, when something in it is selected, its detail. */
export function ListAndPanel({
  list,
  panel,
}: {
  readonly list: ReactNode
  readonly panel: ReactNode
}): ReactNode {
  return (
    <div className={panel ? 'split split-open' : 'split'}>
      <div className="split-list">{list}</div>
      {panel}
    </div>
  )
}
