import type { HealthState, OverviewView, ServiceSummary } from 'breakwater/protocol'
import { type BreakerPolicy, rankBreakers } from '../../../shared/breaker/breaker-rank.ts'
import { breakerSentence, nextTrialSentence } from '../../../shared/breaker/breaker-sentence.ts'
import { formatCount, formatShare, plural } from '../../../shared/format/format-number.ts'
import { formatSpan } from '../../../shared/format/format-time.ts'
import { errorsOf, sparedOf, sparedWords } from '../../../shared/outcome/outcome-totals.ts'

/** The answers to the four questions of someone who was just woken. */
export interface Situation {
  readonly state: HealthState
  /** Is anything broken, and what. */
  readonly headline: string
  /** Whom does it hurt. */
  readonly whom: string
  /** What is being done about it. */
  readonly doing: string
}

/** When an overview is looked at, and how long the range is that was asked for. */
export interface SituationTime {
  readonly now: number
  readonly spanMs: number
}

/** Puts an overview into three sentences. */
export function buildSituation(view: OverviewView, { now, spanMs }: SituationTime): Situation {
  const breakers = rankBreakers(view.breakers).filter(({ breaker }) => breaker.facts.state !== 'closed')
  const held = rankBreakers(view.breakers).filter(({ breaker }) => breaker.override !== null)
  const ill = illServices(view.services)
  if (view.services.length === 0) return nothingReports
  const worst = breakers[0]
  if (!worst && ill.length === 0) return allWell(view, held, spanMs)
  return {
    state: stateOf(breakers, ill),
    headline: worst ? breakerHeadline(worst, breakers.length - 1, now) : serviceHeadline(ill),
    whom: whomSentence(view, ill),
    doing: doingSentence(view, held, breakers.length),
  }
}

const nothingReports: Situation = {
  state: 'unknown',
  headline: 'No service reports yet.',
  whom: 'A service appears here within a second of its first report.',
  doing: 'Give its runtime the address of this hub.',
}

const severity: Readonly<Record<HealthState, number>> = { failing: 0, degraded: 1, unknown: 2, ok: 3 }

function illServices(services: readonly ServiceSummary[]): ServiceSummary[] {
  return services
    .filter(({ state }) => state === 'failing' || state === 'degraded')
    .sort((a, b) => severity[a.state] - severity[b.state] || errorsOf(b.totals) - errorsOf(a.totals))
}

function stateOf(breakers: readonly BreakerPolicy[], ill: readonly ServiceSummary[]): HealthState {
  const isFailing =
    breakers.some(({ breaker }) => breaker.facts.state === 'open') || ill[0]?.state === 'failing'
  return isFailing ? 'failing' : 'degraded'
}

function allWell(view: OverviewView, held: readonly BreakerPolicy[], spanMs: number): Situation {
  const { totals, services } = view
  const silent = services.filter(({ state }) => state === 'unknown').map(({ service }) => service)
  const span = formatSpan(spanMs)
  return {
    state: held.length > 0 ? 'degraded' : silent.length === services.length ? 'unknown' : 'ok',
    headline: held.length > 0 ? `Nothing fails, but ${heldWords(held)}.` : 'Nothing is broken.',
    whom: `${formatCount(totals.calls)} calls in the last ${span}, ${formatShare(errorsOf(totals), totals.calls)} of them without an answer.`,
    doing:
      silent.length > 0
        ? `Not heard of lately: ${nameList(silent)}.`
        : services.length === 1
          ? 'The one known service reports.'
          : `All ${services.length} services report.`,
  }
}

function breakerHeadline(worst: BreakerPolicy, others: number, now: number): string {
  const next = nextTrialSentence(worst.breaker, now)
  const more = others > 0 ? ` ${plural(others, 'more breaker')} not closed.` : ''
  return `${worst.name}: ${breakerSentence(worst.breaker, now)}.${next === '' ? '' : ` ${next}.`}${more}`
}

function serviceHeadline(ill: readonly ServiceSummary[]): string {
  const [first, ...others] = ill
  if (!first) return ''
  const more = others.length > 0 ? ` ${plural(others.length, 'more service')} not well.` : ''
  return `${first.service} is ${first.state}: ${withoutStop(first.reason)}.${more}`
}

function whomSentence({ totals, breakers }: OverviewView, ill: readonly ServiceSummary[]): string {
  const names =
    ill.length > 0 ? ill.map(({ service }) => service) : [...new Set(breakers.map(({ service }) => service))]
  if (errorsOf(totals) === 0) return `It concerns ${nameList(names)}; every call got an answer.`
  const share = formatShare(errorsOf(totals), totals.calls)
  return `It hurts ${nameList(names)}: ${plural(errorsOf(totals), 'call')} (${share}) got no answer.`
}

function doingSentence({ totals }: OverviewView, held: readonly BreakerPolicy[], open: number): string {
  const spared = sparedOf(totals)
  const parts = [
    open > 0 ? `${plural(open, 'breaker')} ${open === 1 ? 'keeps' : 'keep'} calls away` : '',
    spared > 0 ? `${plural(spared, 'call')} answered all the same (${sparedWords(totals)})` : '',
    held.length > 0 ? heldWords(held) : '',
  ].filter((part) => part !== '')
  return parts.length === 0
    ? 'No policy has answered in place of what fails.'
    : `${capital(parts.join('; '))}.`
}

function heldWords(held: readonly BreakerPolicy[]): string {
  const [first] = held
  const by = held.length === 1 && first?.breaker.override ? ` by ${first.breaker.override.by}` : ''
  return `${nameList(held.map(({ name }) => name))} ${held.length === 1 ? 'is' : 'are'} held${by}`
}

function nameList(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
