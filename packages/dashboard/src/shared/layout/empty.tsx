import type { ReactNode } from 'react'

/** Says in words that there is nothing, and what that means. */
export function Empty({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className="notice notice-empty">{children}</p>
}

/** Says that the filters leave nothing, and clears them. */
export function FilteredEmpty({
  filters,
  onClear,
}: {
  readonly filters: string
  readonly onClear: () => void
}): ReactNode {
  return (
    <p className="notice notice-empty">
      Nothing matches <code>{filters}</code>.{' '}
      <button type="button" className="link" onClick={onClear}>
        Clear filters
      </button>
    </p>
  )
}
