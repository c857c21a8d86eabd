import type { Clock } from './clock.ts'

/** The time in whole beats of a second, for ages and countdowns; one timer however many watch. */
export interface SecondHand {
  /** The time of the last beat, epoch milliseconds. */
  getNow(): number
  subscribe(listener: () => void): () => void
}

/** Creates a second hand that runs only while somebody watches. */
export function createSecondHand(clock: Clock): SecondHand {
  const listeners = new Set<() => void>()
  let now = clock.now()
  let stop: (() => void) | undefined

  function beat(): void {
    now = clock.now()
    for (const listener of listeners) listener()
  }

  return {
    getNow: () => now,
    subscribe(listener) {
      listeners.add(listener)
      stop ??= clock.every(1_000, beat)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = undefined
      }
    },
  }
}
