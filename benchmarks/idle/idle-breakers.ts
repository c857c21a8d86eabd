import { circuitBreaker as cockatielBreaker, handleAll, SamplingBreaker } from 'cockatiel'
import { circuitBreaker } from 'breakwater'
import { sharedTick } from '../clock/coarse-tick.ts'
import { limitBreaker } from '../limit/alone.ts'
import { LimitBreaker } from '../limit/breaker.ts'
import { neverOpens } from '../contestants/breaker-settings.ts'
import { opossumOf } from '../contestants/opossum.ts'

/** Breakers, one for each key. */
export interface IdleBreakers {
  /** Keeps them from being collected. */
  readonly held: readonly unknown[]
  /** Runs one succeeding call through each. */
  callEach(): Promise<void>
}

/** Makes a breaker for each name. */
export type MakeIdleBreakers = (names: readonly string[]) => IdleBreakers

const work = async (): Promise<number> => 42

/** Settings are the same for all keys, as in a service with one breaker a tenant. */
export const idleBreakers: Readonly<Record<string, MakeIdleBreakers>> = {
  bare: kind(
    (name) => ({ name }),
    () => work(),
  ),
  limit: kind(
    () => limitBreaker(new LimitBreaker(neverOpens), sharedTick()),
    (run) => run(work),
  ),
  breakwater: kind(
    (name) => circuitBreaker({ name }),
    (breaker) => breaker.run(work),
  ),
  cockatiel: kind(
    () => cockatielBreaker(handleAll, { breaker: sampling(), halfOpenAfter: neverOpens.openMs }),
    (policy) => policy.execute(work),
  ),
  opossum: kind(
    (name) => opossumOf(work, { name }),
    (breaker) => breaker.fire(),
  ),
}

function sampling(): SamplingBreaker {
  return new SamplingBreaker({ threshold: 0.5, duration: neverOpens.windowMs })
}

function kind<Made>(make: (name: string) => Made, call: (made: Made) => unknown): MakeIdleBreakers {
  return (names) => {
    const held = names.map(make)
    const callEach = async (): Promise<void> => {
      for (const made of held) await call(made)
    }
    return { held, callEach }
  }
}
