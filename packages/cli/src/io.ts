/** Everything that a command may touch besides the network, so that tests need no process. */
export interface Io {
  /** Data: what a pipe may read. */
  readonly stdout: (text: string) => void
  /** Talk: progress, warnings, errors. */
  readonly stderr: (text: string) => void
  /** A person watches stderr, and the cursor can be moved there. */
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal
}
