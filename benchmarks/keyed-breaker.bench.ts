import { CircuitBreaker as EffectBreaker } from 'effect/persistence'
import { circuitBreaker, ConsecutiveBreaker, handleAll, type IPolicy } from 'cockatiel'
import { Effect } from 'effect'
import { keyedCircuitBreaker } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { neverOpens } from './contestants/breaker-settings.ts'
import { effectBreaker, effectOf, effectTrial } from './contestants/effect.ts'
import { oursKeyed } from './contestants/ours-keyed.ts'
import { compareAll, type Contestants, type Trial } from './harness/compare.ts'
import { keysInTurn } from './harness/keys.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitBreaker } from './limit/alone.ts'
import { LimitBreaker } from './limit/breaker.ts'

const suite = 'keyed-breaker'
const loop = 'plain'
const consecutiveFailures = 5
const { openMs } = neverOpens

/** A breaker for each key. */
export const keyedBreakerSuite: Suite = {
  name: suite,
  about:
    'a breaker for each key, by failures in a row, with 1 key and with 10,000 in turn. limit and cockatiel: a Map of breakers that forgets nothing. opossum would have two timers for each key; mollitia keeps every circuit for ever.',
  run(settings) {
    const one = keyedBreakerContestants(succeedingWork, () => keysInTurn(1))
    const many = keyedBreakerContestants(succeedingWork, () => keysInTurn(10_000))
    return compareAll(
      [
        { suite, case: '1 key', loop, contestants: one },
        { suite, case: '10,000 keys', loop, contestants: many },
      ],
      settings,
    )
  },
}

/** All that break the circuit of one key only; `bare` breaks none. */
export function keyedBreakerContestants(makeWork: () => Work, makeKeys: () => () => string): Contestants {
  const breakwater = (): Trial =>
    oursKeyed(keyedCircuitBreaker({ consecutiveFailures, openMs }), makeWork(), makeKeys())
  return {
    bare: () => bareTrial(makeWork(), makeKeys()),
    limit: () => limitTrial(makeWork(), makeKeys()),
    breakwater,
    cockatiel: () => cockatielTrial(makeWork(), makeKeys()),
    effect: () => effectKeyed(makeWork(), makeKeys()),
  }
}

function bareTrial(work: Work, nextKey: () => string): Trial {
  const call = (): Promise<unknown> => {
    nextKey()
    return work()
  }
  return { call }
}

function limitTrial(work: Work, nextKey: () => string): Trial {
  const make = (): ReturnType<typeof limitBreaker> =>
    limitBreaker(new LimitBreaker({ ...neverOpens, consecutiveFailures }), sharedTick())
  const breakerOf = keptByKey(make)
  return { call: () => breakerOf(nextKey())(work) }
}

function cockatielTrial(work: Work, nextKey: () => string): Trial {
  const make = (): IPolicy => {
    const breaker = new ConsecutiveBreaker(consecutiveFailures)
    return circuitBreaker(handleAll, { breaker, halfOpenAfter: openMs })
  }
  const policyOf = keptByKey(make)
  return { call: () => policyOf(nextKey()).execute(work) }
}

function keptByKey<Made>(make: () => Made): (key: string) => Made {
  const made = new Map<string, Made>()
  return (key) => {
    let one = made.get(key)
    if (one === undefined) made.set(key, (one = make()))
    return one
  }
}

async function effectKeyed(work: Work, nextKey: () => string): Promise<Trial> {
  const breaker = await effectBreaker(EffectBreaker.consecutive(consecutiveFailures), openMs)
  const effect = effectOf(work)
  return effectTrial(Effect.suspend(() => breaker.execute(effect, { key: nextKey() })))
}
