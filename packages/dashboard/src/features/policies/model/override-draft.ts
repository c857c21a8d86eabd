import type { BreakerView, OverrideMode } from 'breakwater/protocol'

/** An order as it is being written. */
export interface OverrideDraft {
  readonly mode: OverrideMode
  readonly reason: string
  readonly by: string
}

/** A mode that can be ordered, with what it does. */
export interface ModeChoice {
  readonly mode: OverrideMode
  readonly label: string
  readonly effect: string
}

/** The modes, in the order in which they are offered. */
export const modeChoices: readonly ModeChoice[] = [
  { mode: 'forced-open', label: 'Force open', effect: 'All calls are refused at once; fallbacks answer.' },
  { mode: 'forced-closed', label: 'Force closed', effect: 'All calls go through, however many fail.' },
  { mode: 'automatic', label: 'Automatic', effect: 'The breaker decides by itself again.' },
]

/** The first draft: what is most likely wanted of a breaker as it stands. */
export function firstDraft({ override }: BreakerView, by: string): OverrideDraft {
  return { mode: override ? 'automatic' : 'forced-open', reason: '', by }
}

/** What is missing in a draft, as a sentence; undefined when it can be sent. */
export function draftProblem({ reason, by }: OverrideDraft): string | undefined {
  if (by.trim() === '') return 'Say who you are.'
  if (by.trim().length > 100) return 'The name can have 100 characters.'
  if (reason.trim() === '') return 'Say why; it is shown wherever the breaker is shown.'
  return reason.trim().length > 500 ? 'The reason can have 500 characters.' : undefined
}
