import type { LiveTick } from 'breakwater/protocol'

/** How the page hangs on the hub's live stream, and what came over it. */
export interface LiveState {
  readonly status: 'connecting' | 'live' | 'lost'
  /** The last ticks, oldest first. */
  readonly ticks: readonly LiveTick[]
  /** When the last tick came in, by this page's clock; null before the first. */
  readonly receivedAt: number | null
  /** How old the last tick was when it came in. */
  readonly lagMs: number
}

/** How many ticks are kept: as many as the hub can send again. */
export const maxTicks = 900

/** The state before anything happened. */
export const initialLiveState: LiveState = { status: 'connecting', ticks: [], receivedAt: null, lagMs: 0 }

/** The state after a tick; one that is known already (sent again after a break) changes nothing but the status. */
export function withTick(state: LiveState, tick: LiveTick, now: number): LiveState {
  const last = state.ticks.at(-1)
  const isKnown = last !== undefined && tick.id <= last.id
  const ticks = isKnown ? state.ticks : [...state.ticks, tick].slice(-maxTicks)
  return { status: 'live', ticks, receivedAt: now, lagMs: Math.max(0, now - tick.at) }
}

/** The state after the hub said that it cannot continue where we stopped: what is kept no longer joins on. */
export function withReset(state: LiveState): LiveState {
  return { ...state, ticks: [] }
}

/** The state after the connection broke. */
export function withLoss(state: LiveState): LiveState {
  return { ...state, status: 'lost' }
}

/** How long to wait before the next attempt: 1, 2, 4, 8, then 10 seconds. */
export function reconnectDelayMs(failures: number): number {
  return Math.min(10_000, 1_000 * 2 ** Math.max(0, failures - 1))
}
