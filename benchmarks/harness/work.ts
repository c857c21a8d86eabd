import { compiled } from './compiled.ts'

/** The async function that is protected. */
export type Work = () => Promise<unknown>

/** The error that failing work rejects with: made once, as making one would cost more than what is measured. */
export const readyError: Error = new Error('the dependency failed')

/** Work that succeeds: an async function of its own for each contestant. */
export function succeedingWork(): Work {
  return compiled<Work>('async () => 42')
}

/** Work that fails with {@link readyError}. */
export function failingWork(): Work {
  return compiled<Work>('async () => { throw error }', { error: readyError })
}

/** The error of {@link failingOnceWork}: it is worth another attempt. */
export const passingError: Error = new Error('the dependency failed for a moment')

/** Work whose every second call succeeds, the first not. */
export function failingOnceWork(): Work {
  return compiled<Work>(
    '(() => { let calls = 0; return async () => { if (calls++ % 2 === 0) throw error; return 42 } })()',
    { error: passingError },
  )
}

/** What the retry policies are told: {@link readyError} is not worth another attempt. */
export function isWorthRetrying(error: unknown): boolean {
  return error !== readyError
}
