import type { Io } from '../src/io.ts'

/** An {@link Io} that keeps what is written. */
export interface CapturedIo extends Io {
  readonly out: () => string
  readonly talk: () => string
  readonly interrupt: () => void
}

/** Makes one; nothing is written anywhere. */
export function capturedIo(env: Io['env'] = {}, isTerminal = false): CapturedIo {
  const abort = new AbortController()
  const written = { out: '', talk: '' }
  return {
    stdout: (text) => void (written.out += text),
    stderr: (text) => void (written.talk += text),
    ...{ isTerminal, env, signal: abort.signal },
    out: () => written.out,
    talk: () => written.talk,
    interrupt: () => abort.abort(new Error('Interrupted')),
  }
}
