import type { Random } from '../random/random.ts'
import type { Endpoint } from './endpoint.ts'
import type { EndpointSet } from './endpoint-set.ts'
import type { EndpointState } from './endpoint-state.ts'
import { findOutliers } from './find-outliers.ts'
import type { OutlierSettings } from './outlier-options.ts'

/** Told of what a detector does, after it was done. */
export interface DetectorListener<E extends Endpoint> {
  ejected(state: EndpointState<E>, ejection: { readonly reason: string; readonly forMs: number }): void
  restored(state: EndpointState<E>, because: 'time' | 'probe' | 'limit'): void
}

/**
 * Ejects endpoints that fail more than the others, for a time, and never too many.
 *
 *     counting ── failures in a row, at once ──────────────▶ ejected for base × times ≤ max, + jitter
 *        ▲   └─── stands out, at the end of an interval ──▶      │
 *        └──────────── time over, or a health probe passed ──────┘  (slow start)
 *
 * There are no timers: what has fallen due happens at the next pick or outcome.
 */
export class OutlierDetector<E extends Endpoint> {
  readonly #settings: OutlierSettings
  readonly #set: EndpointSet<E>
  readonly #random: Random
  readonly #listener: DetectorListener<E>
  #sweptAt: number
  /** Before this nothing falls due. */
  #dueAt = -Infinity
  /** Ejections that the limit refused, ever. */
  refused = 0

  constructor(
    settings: OutlierSettings,
    parts: { set: EndpointSet<E>; random: Random; listener: DetectorListener<E>; now: number },
  ) {
    this.#settings = settings
    this.#set = parts.set
    this.#random = parts.random
    this.#listener = parts.listener
    this.#sweptAt = parts.now
  }

  /** How many endpoints may be ejected at once: the share of all, rounded down, and at least one. */
  get limit(): number {
    return Math.max(1, Math.floor(this.#set.size * this.#settings.maxEjectedRatio + 1e-9))
  }

  /** Does what has fallen due by `now`. */
  catchUp(now: number): void {
    if (now < this.#dueAt) return
    for (const state of this.#set.all()) {
      if (state.ejection === undefined || state.ejection.until > now) continue
      this.restore(state, 'time', state.ejection.until)
    }
    if (now >= this.#sweptAt + this.#settings.intervalMs) this.#sweep(now)
    this.#dueAt = this.#nextDue()
  }

  /** Counts a success. */
  succeed(state: EndpointState<E>): void {
    state.successes++
  }

  /** Counts a failure that is in `failuresInARow` already; it may be the one that ejects. */
  fail(state: EndpointState<E>, now: number): void {
    state.failures++
    const { consecutiveFailures } = this.#settings
    if (consecutiveFailures === 0 || state.failuresInARow % consecutiveFailures > 0) return
    this.#eject(state, { now, reason: `${state.failuresInARow} calls failed in a row` })
  }

  /** Ends an ejection, as of `at`. */
  restore(state: EndpointState<E>, because: 'time' | 'probe' | 'limit', at: number): void {
    if (state.ejection === undefined) return
    state.restoredAt = at
    this.#set.setEjection(state, undefined)
    state.successes = 0
    state.failures = 0
    this.#listener.restored(state, because)
  }

  /** Ends ejections until there are no more than allowed: the set may have shrunk. Those that end soonest are ended. */
  keepLimit(now: number): void {
    while (this.#set.ejected > this.limit) {
      let soonest: EndpointState<E> | undefined
      for (const state of this.#set.all()) {
        if (state.ejection === undefined) continue
        if (soonest?.ejection === undefined || state.ejection.until < soonest.ejection.until) soonest = state
      }
      if (soonest === undefined) return
      this.restore(soonest, 'limit', now)
    }
  }

  #eject(state: EndpointState<E>, { now, reason }: { now: number; reason: string }): void {
    if (!state.isAvailable) return
    if (this.#set.ejected >= this.limit) {
      this.refused++
      return
    }
    const { baseEjectionMs, maxEjectionMs, jitter } = this.#settings
    const cleanIntervals = Math.floor((now - state.restoredAt) / this.#settings.intervalMs)
    state.timesEjected = Math.max(0, state.timesEjected - cleanIntervals) + 1
    const spread = 1 + jitter * this.#random.next()
    const forMs = Math.min(maxEjectionMs, baseEjectionMs * state.timesEjected) * spread
    this.#set.setEjection(state, { since: now, until: now + forMs, reason })
    this.#dueAt = Math.min(this.#dueAt, now + forMs)
    this.#listener.ejected(state, { reason, forMs })
  }

  #sweep(now: number): void {
    const states = [...this.#set.all()]
    const outliers = findOutliers(
      states.filter((state) => state.isAvailable),
      this.#settings,
    )
    for (const state of states) {
      state.successes = 0
      state.failures = 0
    }
    this.#sweptAt = now
    for (const { state, reason } of outliers) {
      // A listener may have removed it when another one was ejected.
      if (this.#set.get(state.id) === state) this.#eject(state, { now, reason })
    }
  }

  #nextDue(): number {
    let due = this.#sweptAt + this.#settings.intervalMs
    for (const { ejection } of this.#set.all()) {
      if (ejection !== undefined) due = Math.min(due, ejection.until)
    }
    return due
  }
}
