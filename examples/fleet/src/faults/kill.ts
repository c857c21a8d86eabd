import type { FaultKind } from './injector.ts'

/** The process dies of SIGKILL, and is started again when the fault is over. */
export const kill: FaultKind = { kind: 'kill', at: 'process' }
