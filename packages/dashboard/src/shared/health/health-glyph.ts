import type { BreakerState, HealthState, OverrideMode, StripSegment } from 'breakwater/protocol'

/** One of the four tones in which a state is shown, and its glyph. */
export interface Tone {
  readonly tone: HealthState
  readonly glyph: string
}

const glyphs: Readonly<Record<HealthState, string>> = { ok: '●', degraded: '◐', failing: '■', unknown: '○' }

/** The tone of a state of health. */
export function healthTone(state: HealthState): Tone {
  return { tone: state, glyph: glyphs[state] ?? glyphs.unknown }
}

const stripTones: Readonly<Record<StripSegment['state'], HealthState>> = {
  closed: 'ok',
  'half-open': 'degraded',
  open: 'failing',
  'forced-open': 'failing',
  'forced-closed': 'degraded',
  unknown: 'unknown',
}

/** The tone of a stretch of a breaker's history. */
export function stripTone(state: StripSegment['state']): Tone {
  return healthTone(stripTones[state] ?? 'unknown')
}

/** The state of a breaker with a person's override taken into account. */
export function effectiveState(state: BreakerState, override: OverrideMode): StripSegment['state'] {
  return override === 'automatic' ? state : override
}

const stateWords: Readonly<Record<StripSegment['state'], string>> = {
  closed: 'closed',
  'half-open': 'half-open',
  open: 'open',
  'forced-open': 'forced open',
  'forced-closed': 'forced closed',
  unknown: 'unknown',
}

/** The state of a breaker in words. */
export function stateWord(state: StripSegment['state']): string {
  return stateWords[state] ?? 'unknown'
}
