import { type ReactNode, useState } from 'react'
import { Dialog } from '../shared/dialog/dialog.tsx'
import { formatSince } from '../shared/format/format-time.ts'
import { usePage } from '../shared/page-context.tsx'
import { fixedQuery, liveQuery, rangePresets, spanOf, type TimeRange } from '../shared/range/range.ts'
import { useRange } from '../shared/range/use-range.ts'
import { useSetQuery } from '../shared/router/use-place.ts'
import { CustomRangeForm } from './custom-range-form.tsx'

/** Chooses the time range: a length that follows the present, or a start and an end. */
export function RangePicker(): ReactNode {
  const { clock } = usePage()
  const range = useRange()
  const setQuery = useSetQuery()
  const [isOpen, setOpen] = useState(false)

  function choose(value: string): void {
    if (value === 'custom') setOpen(true)
    else if (value !== 'fixed') setQuery(liveQuery(value))
  }

  return (
    <>
      <select
        className="range"
        aria-label="Time range"
        value={range.kind === 'live' ? range.preset : 'fixed'}
        onChange={(event) => choose(event.target.value)}
      >
        {range.kind === 'fixed' ? <option value="fixed">{fixedWords(range, clock.now())}</option> : null}
        {rangePresets.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
        <option value="custom">From … to …</option>
      </select>
      {isOpen ? (
        <Dialog title="Time range" onClose={() => setOpen(false)}>
          <CustomRangeForm
            span={spanOf(range, clock.now())}
            onCancel={() => setOpen(false)}
            onChoose={(span) => {
              setOpen(false)
              setQuery(fixedQuery(span))
            }}
          />
        </Dialog>
      ) : null}
    </>
  )
}

function fixedWords(range: TimeRange & { kind: 'fixed' }, now: number): string {
  return `${formatSince(range.from, now)} – ${formatSince(range.to, now)}`
}
