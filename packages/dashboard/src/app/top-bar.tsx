import type { ReactNode, RefObject } from 'react'
import { SearchBox } from '../features/search/components/search-box.tsx'
import { LiveSwitch } from './live-switch.tsx'
import { RangePicker } from './range-picker.tsx'

/** What the top bar needs. */
export interface TopBarProps {
  readonly searchField: RefObject<HTMLInputElement | null>
  readonly openHelp: () => void
}

/** The time range, the search, and how live the page is. */
export function TopBar({ searchField, openHelp }: TopBarProps): ReactNode {
  return (
    <header className="top-bar">
      <RangePicker />
      <LiveSwitch />
      <SearchBox field={searchField} />
      <button type="button" aria-label="Keyboard help" title="Keyboard help" onClick={openHelp}>
        ?
      </button>
    </header>
  )
}
