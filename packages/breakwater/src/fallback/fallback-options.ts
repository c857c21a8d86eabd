import { mustBe, show } from '../config/check-option.ts'
import { aFunction, anything } from '../config/option-rules.ts'
import { checkOptions } from '../config/option-table.ts'
import type { Failure } from './failure.ts'
import type { FallbackEvent } from './fallback-events.ts'

/** Answers for a call that failed. */
export type FallbackHandler<Result> = (failure: Failure) => Result | PromiseLike<Result>

/** One of several fallbacks, for some failures only. */
export interface FallbackStep<Result> {
  /** Names the step in events. @default its position, from 1 */
  readonly name?: string
  /** For which errors it is asked. @default every one */
  readonly when?: (error: unknown) => boolean
  readonly answer: FallbackHandler<Result>
}

/** Options of {@link fallback}. */
export interface FallbackOptions {
  /** Which errors to answer for; others go on outward. @default every error */
  readonly when?: (error: unknown) => boolean
  /** Names the policy in events and on the page. @default 'fallback' */
  readonly name?: string
  /** Told of each {@link FallbackEvent}. */
  readonly onEvent?: (event: FallbackEvent) => void
}

/** A step with all fields filled in; `when` stays undefined so that no error is made to ask nobody. */
export interface ResolvedStep {
  readonly name: string
  readonly when: ((error: unknown) => boolean) | undefined
  readonly answer: FallbackHandler<unknown>
}

/** What may be given as fallback: one handler, or several in the order in which they are asked. */
export type FallbackSource<Result> =
  FallbackHandler<Result> | readonly (FallbackHandler<Result> | FallbackStep<Result>)[]

/** Validates the handlers and the options once, at construction. */
export function resolveSteps(
  source: FallbackSource<unknown>,
  options: FallbackOptions,
): readonly ResolvedStep[] {
  checkOptions('fallback', options, { when: aFunction, name: anything, onEvent: aFunction })
  if (typeof source === 'function') return [{ name: '1', when: undefined, answer: source }]
  const wrong = Array.isArray(source) ? 'an empty list' : show(source)
  if (!Array.isArray(source) || source.length === 0)
    throw new TypeError(mustBe('fallback as its handler', 'a function', wrong))
  return Object.freeze(source.map((step: unknown, index) => resolveStep(step, index)))
}

function resolveStep(given: unknown, index: number): ResolvedStep {
  const place = `${index + 1}`
  const step = (typeof given === 'function' ? { answer: given } : given) as FallbackStep<unknown>
  checkOptions(`fallback step ${place}`, step, { name: anything, when: anything, answer: anything })
  const { name = place, when, answer } = step
  const path = `steps[${index}]`
  aFunction('fallback', `${path}.when`, when)
  if (typeof answer !== 'function')
    throw new TypeError(mustBe(`fallback as '${path}.answer'`, 'a function', show(answer)))
  return { name, when, answer }
}
