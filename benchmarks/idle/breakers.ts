import { CircuitBreaker as EffectBreaker } from 'effect/persistence'
import { circuitBreaker as cockatielBreaker, handleAll } from 'cockatiel'
import { Circuit } from 'mollitia'
import { circuitBreaker, keyedCircuitBreaker } from 'breakwater'
import { sharedTick } from '../clock/coarse-tick.ts'
import { opensAtHalf } from '../contestants/breaker-settings.ts'
import { samplingBreaker } from '../contestants/cockatiel.ts'
import { effectBreaker, effectOf, effectTrial } from '../contestants/effect.ts'
import { mollitiaTimeBreaker } from '../contestants/mollitia.ts'
import { opossumOf } from '../contestants/opossum.ts'
import { limitBreaker } from '../limit/alone.ts'
import { LimitBreaker } from '../limit/breaker.ts'
import { each, eachAround, type IdleKind, keyed, type KeyedCall } from './idle-kind.ts'

const { failureRatio: threshold, minimumCalls, openMs } = opensAtHalf

/** A breaker for each name, by a ratio in a window. */
export const idleBreakers: IdleKind = {
  bare: each(
    (name) => ({ name }),
    (_, work) => work(),
  ),
  limit: each(
    () => limitBreaker(new LimitBreaker(opensAtHalf), sharedTick()),
    (run, work) => run(work),
  ),
  breakwater: each(
    (name) => circuitBreaker({ name }),
    (breaker, work) => breaker.run(work),
  ),
  'breakwater, keyed': keyed(() => {
    const breaker = keyedCircuitBreaker()
    return (key, work) => breaker.run(work, { key })
  }),
  cockatiel: each(
    () => cockatielBreaker(handleAll, { breaker: samplingBreaker(opensAtHalf), halfOpenAfter: openMs }),
    (policy, work) => policy.execute(work),
  ),
  opossum: eachAround(
    (work, name) =>
      opossumOf(work, { name, errorThresholdPercentage: 100 * threshold, volumeThreshold: minimumCalls }),
    (breaker) => breaker.fire(),
  ),
  mollitia: eachAround(
    (func, name) => new Circuit({ name, func, options: { modules: [mollitiaTimeBreaker(opensAtHalf)] } }),
    (circuit) => circuit.execute(),
  ),
  effect: keyed(effectKeyed),
}

async function effectKeyed(): Promise<KeyedCall> {
  const policy = EffectBreaker.rate({ threshold, minimumCalls, size: 100 })
  const breaker = await effectBreaker(policy, openMs)
  return (key, work) => effectTrial(breaker.execute(effectOf(work), { key })).call()
}
