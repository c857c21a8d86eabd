import type { Clock } from '../../clock/clock.ts'

/** Work that must end in time. */
export interface BoundedWork<T> {
  readonly work: (signal: AbortSignal) => T | PromiseLike<T>
  readonly limitMs: number
  readonly what: string
  readonly clock: Clock
  /** Takes a result that came after the limit. */
  readonly late?: (result: T) => void
}

/** The result of work, or an error when it takes longer than its limit; its signal aborts then. */
export function bounded<T>({ work, limitMs, what, clock, late }: BoundedWork<T>): Promise<T> {
  const controller = new AbortController()
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => {
      const error = new Error(`'${what}' took longer than ${limitMs} ms`)
      controller.abort(error)
      reject(error)
    }
    const timer = limitMs === Infinity ? undefined : clock.setTimer(limitMs, giveUp)
    const done = (result: T): void => {
      timer?.cancel()
      if (controller.signal.aborted) late?.(result)
      else resolve(result)
    }
    const failed = (error: unknown): void => {
      timer?.cancel()
      reject(error)
    }
    // A function that throws at once is to count as one whose promise rejects.
    new Promise<T>((begin) => begin(work(controller.signal))).then(done, failed)
  })
}
