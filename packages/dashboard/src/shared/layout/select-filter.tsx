import type { ReactNode } from 'react'

/** A filter with a few known values. */
export interface SelectFilterProps {
  readonly label: string
  readonly value: string
  /** Value and words of each choice. */
  readonly choices: readonly (readonly [string, string])[]
  readonly onChange: (value: string) => void
}

/** A drop-down list for a filter; what the address asks for is listed even when nothing has that value. */
export function SelectFilter({ label, value, choices, onChange }: SelectFilterProps): ReactNode {
  const isListed = choices.some(([choice]) => choice === value)
  return (
    <label className="filter">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {isListed ? null : <option value={value}>{value}</option>}
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
