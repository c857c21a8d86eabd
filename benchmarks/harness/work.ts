/** The async function that is protected. */
export type Work = () => Promise<unknown>

/** The error that failing work rejects with: made once, as making one would cost more than what is measured. */
export const readyError: Error = new Error('the dependency failed')

/** Work that succeeds: an async function of its own for each contestant. */
export function succeedingWork(): Work {
  return new Function('return async () => 42')() as Work
}

/** Work that fails with {@link readyError}. */
export function failingWork(): Work {
  return new Function('error', 'return async () => { throw error }')(readyError) as Work
}

/** What the retry policies are told: {@link readyError} is not worth another attempt. */
export function isWorthRetrying(error: unknown): boolean {
  return error !== readyError
}
