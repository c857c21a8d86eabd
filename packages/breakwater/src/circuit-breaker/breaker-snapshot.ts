import type { BreakerState, OverrideMode } from '../protocol/policy-facts.ts'

/** A breaker as plain data, for JSON: what `snapshot()` gives and the option `restore` takes. Times are epoch milliseconds. */
export interface BreakerSnapshot {
  readonly version: 1
  /** When it was taken. */
  readonly at: number
  readonly state: BreakerState
  readonly since: number
  readonly reason: string
  /** When an open breaker admits its next trial; null unless open. */
  readonly retryAt: number | null
  /** Openings since it was last closed for good. */
  readonly openings: number
  readonly override: OverrideMode
  readonly overrideReason: string
  /** Why it is isolated; null when it is not. */
  readonly isolated: string | null
  /** What the window holds, whole numbers; their order is the window's own. */
  readonly evidence: readonly number[]
}

const states: readonly unknown[] = ['closed', 'open', 'half-open'] satisfies BreakerState[]
const modes: readonly unknown[] = ['forced-open', 'forced-closed', 'automatic'] satisfies OverrideMode[]
const longestReason = 500

/**
 * Checks a snapshot, which may come from a file that anybody wrote.
 *
 * @throws {TypeError} when it is none
 */
export function parseSnapshot(value: unknown): BreakerSnapshot {
  if (typeof value !== 'object' || value === null) throw notASnapshot('it is no object')
  const read = (field: string): unknown => Reflect.get(value, field)
  const { at, since, openings } = { at: read('at'), since: read('since'), openings: read('openings') }
  const [state, override, retryAt, isolated] = ['state', 'override', 'retryAt', 'isolated'].map(read)
  if (read('version') !== 1) throw notASnapshot(`its version is ${String(read('version'))}`)
  if (!isTime(at) || !isTime(since) || !isTime(openings)) throw notASnapshot('a time or count is no number')
  if (!states.includes(state)) throw notASnapshot(`its state is ${String(state)}`)
  if (!modes.includes(override)) throw notASnapshot(`its override is ${String(override)}`)
  return {
    ...{ version: 1, at, since, openings: Math.min(Math.floor(openings), 1_000_000) },
    state: state as BreakerState,
    override: override as OverrideMode,
    retryAt: isTime(retryAt) ? retryAt : null,
    reason: sentence(read('reason')),
    overrideReason: sentence(read('overrideReason')),
    isolated: isolated === null || isolated === undefined ? null : sentence(isolated),
    evidence: countsOf(read('evidence')),
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function sentence(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestReason) : 'unknown'
}

/** All of it, as each number has its place, or nothing. */
function countsOf(value: unknown): readonly number[] {
  return Array.isArray(value) && value.every(isCount) ? value : []
}

function isCount(value: unknown): value is number {
  return isTime(value) && Number.isInteger(value)
}

function notASnapshot(because: string): TypeError {
  return new TypeError(`Cannot restore circuit breaker as its snapshot cannot be read: ${because}`)
}
