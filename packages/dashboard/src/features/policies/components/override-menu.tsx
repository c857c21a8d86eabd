import { type ReactNode, useState } from 'react'
import type { BreakerPolicy } from '../../../shared/breaker/breaker-rank.ts'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { OverrideForm } from './override-form.tsx'

/** Opens the order to a breaker. */
export function OverrideMenu({ policy }: { readonly policy: BreakerPolicy }): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const { service, name, breaker } = policy
  const close = (): void => setOpen(false)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Override ${name} in ${service}`}
        onClick={() => setOpen(true)}
      >
        {breaker.override ? 'Give back…' : 'Override…'}
      </button>
      {isOpen ? (
        <Dialog title={`Override ${name} in ${service}`} onClose={close}>
          <OverrideForm policy={policy} onDone={close} />
        </Dialog>
      ) : null}
    </>
  )
}
