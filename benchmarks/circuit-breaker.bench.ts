import { CircuitBreaker as EffectBreaker } from 'effect/persistence'
import { ConsecutiveBreaker } from 'cockatiel'
import { circuitBreaker, type CircuitBreakerOptions } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { type BreakerSettings, manyInARow, neverOpens, opensAtOnce } from './contestants/breaker-settings.ts'
import { cockatielBreaker, openCockatielBreaker, samplingBreaker } from './contestants/cockatiel.ts'
import { effectBreaker, effectOf, effectTrial } from './contestants/effect.ts'
import {
  mollitiaCountBreaker,
  mollitiaTimeBreaker,
  mollitiaTrial,
  openMollitiaBreaker,
} from './contestants/mollitia.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { keptClosed, ours, oursTried, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitBreaker } from './limit/alone.ts'
import { LimitBreaker, type LimitBreakerSettings } from './limit/breaker.ts'

/** Of the two that count calls instead of time. */
const windowCalls = 100

/** A closed circuit by ratio and by failures in a row, and an open one. */
export const circuitBreakerSuite: Suite = {
  name: 'circuit-breaker',
  about:
    'a ratio in a window of 10 s, then failures in a row, then an open circuit: ours through tryRun, the others by catching. effect and "mollitia, by count" have the last 100 calls for a window, mollitia by time at most 1,000; effect is not in "failure", where its window would hold nothing but failures. opossum and mollitia know ratios only.',
  run(settings) {
    const effect = (): Promise<Trial> => effectByRatio(succeedingWork(), neverOpens)
    const cases = [
      caseOf('success', { ...ratioContestants(succeedingWork, neverOpens), effect }),
      caseOf('failure', ratioContestants(failingWork, neverOpens)),
      caseOf('success in a row', rowContestants(succeedingWork, manyInARow)),
      caseOf('failure in a row', rowContestants(failingWork, manyInARow)),
      { ...caseOf('open', openContestants(succeedingWork)), loop: 'catching' } as const,
    ]
    return compareAll(cases, settings)
  },
}

function caseOf(name: string, contestants: Contestants): Case {
  const loop = name.startsWith('success') ? 'plain' : 'catching'
  return { suite: 'circuit-breaker', case: name, loop, contestants }
}

/** Closed circuits that open at a ratio of failures; `bare` never opens. */
export function ratioContestants(makeWork: () => Work, settings: BreakerSettings): Contestants {
  const { failureRatio, minimumCalls } = settings
  const ratio = { errorThresholdPercentage: failureRatio * 100, volumeThreshold: minimumCalls }
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork(), settings),
    breakwater: () => oursTrial(ours, settings, makeWork()),
    'breakwater + runtime': () => oursTrial(oursWithRuntime, settings, makeWork()),
    cockatiel: () => cockatielBreaker(samplingBreaker(settings), makeWork()),
    opossum: () => opossumTrial(opossumOf(makeWork(), ratio)),
    'mollitia, by time': () => mollitiaTrial([mollitiaTimeBreaker(settings)], makeWork()),
    'mollitia, by count': () => mollitiaTrial([mollitiaCountBreaker(settings, windowCalls)], makeWork()),
  }
}

/** A ratio of the last calls. */
export async function effectByRatio(work: Work, settings: BreakerSettings): Promise<Trial> {
  const { failureRatio: threshold, minimumCalls } = settings
  const policy = EffectBreaker.rate({ threshold, minimumCalls, size: windowCalls })
  const breaker = await effectBreaker(policy, settings.openMs)
  return effectTrial(breaker.execute(effectOf(work), { key: 'work' }))
}

/** Closed circuits that open at so many failures in a row. */
export function rowContestants(makeWork: () => Work, consecutiveFailures: number): Contestants {
  const settings = { consecutiveFailures, openMs: neverOpens.openMs }
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => limitTrial(makeWork(), { ...neverOpens, ...settings }),
    breakwater: () => oursTrial(ours, settings, makeWork()),
    'breakwater + runtime': () => oursTrial(oursWithRuntime, settings, makeWork()),
    cockatiel: () => cockatielBreaker(new ConsecutiveBreaker(consecutiveFailures), makeWork()),
    effect: () => effectInARow(makeWork(), consecutiveFailures),
  }
}

async function effectInARow(work: Work, failures: number): Promise<Trial> {
  const breaker = await effectBreaker(EffectBreaker.consecutive(failures), neverOpens.openMs)
  const execute = breaker.execute({ key: 'work' })
  const success = effectTrial(execute(effectOf(succeedingWork())))
  return { ...effectTrial(execute(effectOf(work))), before: success.call }
}

function oursTrial(protect: typeof ours, settings: CircuitBreakerOptions, work: Work): Trial {
  const breaker = circuitBreaker(settings)
  return keptClosed(breaker, protect([breaker], work))
}

function limitTrial(work: Work, settings: LimitBreakerSettings): Trial {
  const run = limitBreaker(new LimitBreaker(settings), sharedTick())
  const success = succeedingWork()
  return { call: () => run(work), before: () => run(success) }
}

/** Open circuits; `bare` calls the work. */
export function openContestants(makeWork: () => Work): Contestants {
  return {
    bare: () => ({ call: makeWork() }),
    limit: () => openLimit(makeWork()),
    breakwater: () => openBreakwater(makeWork()),
    cockatiel: () => openCockatielBreaker(makeWork()),
    opossum: () => openOpossum(makeWork()),
    mollitia: () => mollitiaTrial([openMollitiaBreaker(windowCalls)], makeWork()),
    effect: () => openEffect(makeWork()),
  }
}

async function openLimit(work: Work): Promise<Trial> {
  const run = limitBreaker(new LimitBreaker({ ...neverOpens, ...opensAtOnce }), sharedTick())
  await run(failingWork()).catch(() => undefined)
  return { call: () => run(work) }
}

async function openBreakwater(work: Work): Promise<Trial> {
  const breaker = circuitBreaker(opensAtOnce)
  await breaker.run(failingWork()).catch(() => undefined)
  return oursTried([breaker], work)
}

function openOpossum(work: Work): Trial {
  const breaker = opossumOf(work, {})
  breaker.open()
  return opossumTrial(breaker)
}

async function openEffect(work: Work): Promise<Trial> {
  const breaker = await effectBreaker(EffectBreaker.consecutive(1), opensAtOnce.openMs)
  const execute = breaker.execute({ key: 'work' })
  await effectTrial(execute(effectOf(failingWork())))
    .call()
    .catch(() => undefined)
  return effectTrial(execute(effectOf(work)))
}
