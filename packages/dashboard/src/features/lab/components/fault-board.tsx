import type { LabView } from 'breakwater/protocol'
import { type ReactNode, useState } from 'react'
import { Section } from '../../../shared/layout/section.tsx'
import { useStartFault } from '../api/post-fault.ts'
import { useStopFault } from '../api/delete-fault.ts'
import { defaultSettings, faultOrder } from '../model/fault-words.ts'
import { FaultSettingsForm } from './fault-settings-form.tsx'
import { RunningFaults } from './running-faults.tsx'
import { TargetRow } from './target-row.tsx'

/** Starts and stops faults, target by target. */
export function FaultBoard({ view }: { readonly view: LabView }): ReactNode {
  const [settings, setSettings] = useState(defaultSettings)
  const start = useStartFault()
  const stop = useStopFault()
  const error = start.error ?? stop.error
  return (
    <Section title="Break something" aside={<FaultSettingsForm settings={settings} onChange={setSettings} />}>
      <ul className="targets">
        {view.targets.map((target) => (
          <TargetRow
            key={target.name}
            target={target}
            isBusy={start.isPending}
            onStart={(kind) => start.mutate(faultOrder(target.name, kind, settings))}
          />
        ))}
      </ul>
      <RunningFaults faults={view.faults} isBusy={stop.isPending} onStop={(id) => stop.mutate(id)} />
      <p role="alert">{error ? `Nothing was changed. ${error.message}.` : ''}</p>
    </Section>
  )
}
