import type { CircuitBreaker } from 'breakwater'
import type { Clock } from '../clock/clock.ts'

/** A change of a breaker's state as the service itself saw it. */
export interface BreakerEntry {
  readonly breaker: string
  readonly type: 'CircuitOpened' | 'CircuitHalfOpened' | 'CircuitClosed' | 'CircuitOverridden'
  /** Epoch milliseconds. */
  readonly at: number
  /** Since the last attempt on this dependency that failed, by the monotonic clock; null when none has yet. */
  readonly sinceFailureMs: number | null
}

/** An attempt on a dependency that failed or was given up. */
export interface FailureEntry {
  readonly breaker: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** What a diary holds; each list keeps its last 2,000 entries, oldest first. */
export interface BreakerDiaryPages {
  readonly transitions: readonly BreakerEntry[]
  readonly failures: readonly FailureEntry[]
}

/** Writes down when dependencies fail and when their breakers change. */
export interface BreakerDiary extends BreakerDiaryPages {
  watch(breaker: CircuitBreaker): void
  /** Does an attempt and notes the moment in which it fails or is given up. */
  attempt<T>(breaker: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

const maxEntries = 2_000

/** Opens an empty diary. */
export function breakerDiary(clock: Clock): BreakerDiary {
  const transitions: BreakerEntry[] = []
  const failures: FailureEntry[] = []
  const lastFailure = new Map<string, number>()

  function fail(breaker: string): void {
    lastFailure.set(breaker, clock.now())
    keep(failures, { breaker, at: clock.epochNow() })
  }

  function note(breaker: string, type: BreakerEntry['type']): void {
    const failedAt = lastFailure.get(breaker)
    const sinceFailureMs = failedAt === undefined ? null : clock.now() - failedAt
    keep(transitions, { breaker, type, at: clock.epochNow(), sinceFailureMs })
  }

  return {
    ...{ transitions, failures },
    watch: (breaker) => void breaker.on(({ policy, type }) => note(policy, type)),
    attempt: async (breaker, signal, work) => {
      const giveUp = (): void => fail(breaker)
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        return await work()
      } catch (error) {
        if (!signal.aborted) fail(breaker)
        throw error
      } finally {
        signal.removeEventListener('abort', giveUp)
      }
    },
  }
}

function keep<T>(entries: T[], entry: T): void {
  entries.push(entry)
  if (entries.length > maxEntries) entries.shift()
}
