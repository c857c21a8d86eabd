import type { CallState, RunHandle } from '../pipeline/run-handle.ts'

/** Who asks for a slot: a run of a pipeline, or somebody by hand. */
export type SlotSeeker = Pick<RunHandle, 'operation' | 'permits' | 'hold' | 'admit' | 'refuse'> & {
  readonly call: Pick<CallState, 'options'>
}
