import type { OutcomeKind } from './outcome.ts'

/** What a run waits for instead of its work: a queue place, a backoff, an inner run, a fallback. */
export interface Held {
  /** The run will not wait any longer: free what is held, tell inner runs. */
  cut(kind: OutcomeKind, payload: unknown): void
}
