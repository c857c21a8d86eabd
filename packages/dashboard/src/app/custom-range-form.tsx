import { type SyntheticEvent, type ReactNode, useId, useState } from 'react'
import { parseLocal, toLocal } from '../shared/format/local-time.ts'
import type { Span } from '../shared/range/range.ts'

/** What the form for a range needs. */
export interface CustomRangeFormProps {
  readonly span: Span
  readonly onCancel: () => void
  readonly onChoose: (span: Span) => void
}

/** Start and end of a range, in local time. */
export function CustomRangeForm({ span, onCancel, onChoose }: CustomRangeFormProps): ReactNode {
  const [from, setFrom] = useState(toLocal(span.from))
  const [to, setTo] = useState(toLocal(span.to))
  const [problem, setProblem] = useState('')

  function send(event: SyntheticEvent): void {
    event.preventDefault()
    const start = parseLocal(from)
    const end = parseLocal(to)
    if (start === undefined || end === undefined) setProblem('Give both a start and an end.')
    else if (start >= end) setProblem('The end must be after the start.')
    else onChoose({ from: start, to: end })
  }

  return (
    <form className="order" onSubmit={send} noValidate>
      <TimeField label="From" value={from} onChange={setFrom} />
      <TimeField label="To" value={to} onChange={setTo} />
      <p className="dialog-error" role="alert">
        {problem}
      </p>
      <div className="dialog-foot">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="primary">
          Show
        </button>
      </div>
    </form>
  )
}

interface TimeFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function TimeField({ label, value, onChange }: TimeFieldProps): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="datetime-local"
        step="1"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
