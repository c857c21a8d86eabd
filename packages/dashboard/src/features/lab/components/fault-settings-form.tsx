import type { ReactNode } from 'react'
import { SelectFilter } from '../../../shared/layout/select-filter.tsx'
import type { FaultSettings } from '../model/fault-words.ts'

/** What the settings of the next fault need. */
export interface FaultSettingsFormProps {
  readonly settings: FaultSettings
  readonly onChange: (settings: FaultSettings) => void
}

const shares = ['100', '50', '20', '5'].map((percent) => [percent, `${percent} %`] as const)
const lengths = [
  ['10', '10 s'],
  ['30', '30 s'],
  ['60', '1 min'],
  ['300', '5 min'],
] as const

/** How much the next fault hits, and for how long. */
export function FaultSettingsForm({ settings, onChange }: FaultSettingsFormProps): ReactNode {
  return (
    <span className="inline-filters">
      <SelectFilter
        label="Requests hit"
        value={String(settings.ratioPercent)}
        choices={shares}
        onChange={(percent) => onChange({ ...settings, ratioPercent: Number(percent) })}
      />
      <SelectFilter
        label="For"
        value={String(settings.seconds)}
        choices={lengths}
        onChange={(seconds) => onChange({ ...settings, seconds: Number(seconds) })}
      />
    </span>
  )
}
