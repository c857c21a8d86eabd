import { type SyntheticEvent, type ReactNode, useId, useState } from 'react'
import type { BreakerPolicy } from '../../../shared/breaker/breaker-rank.ts'
import { usePreferences } from '../../../shared/preferences/use-preferences.ts'
import { useOverrideOrder } from '../api/put-override.ts'
import { draftProblem, firstDraft, type OverrideDraft } from '../model/override-draft.ts'
import { ModeFieldset } from './mode-fieldset.tsx'

/** What the order to a breaker needs. */
export interface OverrideFormProps {
  readonly policy: BreakerPolicy
  readonly onDone: () => void
}

/** Writes and sends an order to a breaker: what, why and by whom. It can be taken back by ordering `automatic`. */
export function OverrideForm({ policy, onDone }: OverrideFormProps): ReactNode {
  const [{ name }, setPreferences] = usePreferences()
  const [draft, setDraft] = useState(() => firstDraft(policy.breaker, name))
  const [problem, setProblem] = useState<string>()
  const order = useOverrideOrder()
  const change = (part: Partial<OverrideDraft>): void => setDraft({ ...draft, ...part })

  function send(event: SyntheticEvent): void {
    event.preventDefault()
    const missing = draftProblem(draft)
    setProblem(missing)
    if (missing !== undefined) return
    const by = draft.by.trim()
    setPreferences({ name: by })
    const { service, name: policyName } = policy
    order.mutate(
      { service, policy: policyName, mode: draft.mode, reason: draft.reason.trim(), by },
      { onSuccess: onDone },
    )
  }

  return (
    <form className="order" onSubmit={send} noValidate>
      <ModeFieldset mode={draft.mode} onChange={(mode) => change({ mode })} />
      <TextAreaField label="Reason" value={draft.reason} onChange={(reason) => change({ reason })} />
      <NameField value={draft.by} onChange={(by) => change({ by })} />
      <p className="dialog-error" role="alert">
        {problem ?? (order.isError ? `Nothing was changed. ${order.error.message}.` : '')}
      </p>
      <div className="dialog-foot">
        <span className="dim">It holds for all instances, over restarts, until it is given back.</span>
        <button type="button" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="primary" aria-busy={order.isPending} disabled={order.isPending}>
          {order.isPending ? 'Sending…' : 'Order it'}
        </button>
      </div>
    </form>
  )
}

interface FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function TextAreaField({ label, value, onChange }: FieldProps & { readonly label: string }): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={3} required value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

function NameField({ value, onChange }: FieldProps): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>Your name</label>
      <input
        id={id}
        required
        autoComplete="name"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
