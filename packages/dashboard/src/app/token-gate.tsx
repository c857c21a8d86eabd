import type { ReactNode } from 'react'
import { SessionForm } from '../features/settings/components/session-form.tsx'

/** Asks for the token before anything else is shown. */
export function TokenGate(): ReactNode {
  return (
    <main className="gate">
      <h1>Breakwater</h1>
      <p>This hub was started with a token.</p>
      <SessionForm />
    </main>
  )
}
