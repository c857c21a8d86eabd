import { type SyntheticEvent, type ReactNode, useId, useState } from 'react'
import { useSession } from '../api/post-session.ts'

/** Asks for the hub's token. */
export function SessionForm(): ReactNode {
  const id = useId()
  const [token, setToken] = useState('')
  const session = useSession()

  function send(event: SyntheticEvent): void {
    event.preventDefault()
    if (token.trim() !== '') session.mutate(token.trim(), { onSuccess: () => setToken('') })
  }

  return (
    <form className="field" onSubmit={send}>
      <label htmlFor={id}>Token of this hub</label>
      <div className="field-row">
        <input
          id={id}
          type="password"
          autoComplete="current-password"
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        <button type="submit" disabled={session.isPending} aria-busy={session.isPending}>
          {session.isPending ? 'Asking…' : 'Open the session'}
        </button>
      </div>
      <p className="dim" role="status">
        {session.isError
          ? `${session.error.message}.`
          : session.isSuccess
            ? 'The session is open.'
            : 'Needed only when the hub was started with one.'}
      </p>
    </form>
  )
}
