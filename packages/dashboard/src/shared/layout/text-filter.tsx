import { type ReactNode, useState } from 'react'

/** A filter by text. */
export interface TextFilterProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A text field for a filter; follows the address when that changes by other means. */
export function TextFilter({ label, value, onChange }: TextFilterProps): ReactNode {
  const [draft, setDraft] = useState({ value, text: value })
  if (draft.value !== value) setDraft({ value, text: draft.text.trim() === value ? draft.text : value })
  return (
    <label className="filter">
      <span>{label}</span>
      <input
        type="search"
        value={draft.text}
        onChange={(event) => {
          const text = event.target.value
          setDraft({ value: text.trim(), text })
          onChange(text.trim())
        }}
      />
    </label>
  )
}
