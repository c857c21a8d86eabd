import type { BalancerOptions } from '../../../src/balancer/balancer-options.ts'
import { balancer } from '../../../src/balancer/balancer.ts'
import { pipeline } from '../../../src/pipeline/pipeline.ts'
import { seededRandom } from '../../../src/random/seeded-random.ts'
import { FakeClock } from '../../../src/testing/fake-clock.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import { offerAtRandom } from '../offer-at-random.ts'
import { Fleet, type Illness } from './fleet.ts'

/** Calls a second, all the time: 60 % of the capacity. */
export const load = 240
/** How long a call may take, milliseconds. */
export const timeoutMs = 500

/** How calls are balanced. */
export type BalancerSetting = Pick<BalancerOptions<string>, 'strategy' | 'outlierEjection' | 'panicRatio'>

/** What a run is made of. */
export interface EjectionRun {
  readonly seconds: number
  readonly illness: Illness
  readonly setting: BalancerSetting
}

/** One second of a run. */
export interface EjectionPoint {
  readonly second: number
  /** Calls that were answered in time. */
  readonly goodput: number
  /** Calls that failed: by an error, or too late. */
  readonly failed: number
  /** Endpoints that were ejected at the end of the second. */
  readonly ejected: number
}

/** Calls to ten endpoints of which some are ill for a while; nothing is tried twice. */
export async function runEjection({ seconds, illness, setting }: EjectionRun): Promise<EjectionPoint[]> {
  const clock = new FakeClock()
  const random = seededRandom(20_260_107)
  const fleet = new Fleet(illness, { clock, random })
  const api = balancer({ ...setting, endpoints: fleet.names, clock, random })
  const around = pipeline({ policies: [timeout({ ms: timeoutMs })], clock, random })
  const tally = { goodput: 0, failed: 0 }
  const call = (): void =>
    void api
      .run((endpoint) => fleet.handle(endpoint), { pipeline: around })
      .then(
        () => tally.goodput++,
        () => tally.failed++,
      )
  const points: EjectionPoint[] = []
  for (let second = 0; second < seconds; second++) {
    await offerAtRandom(clock, { calls: load, random, call, steps: 100 })
    points.push({ second, ...tally, ejected: api.stats().gauges['ejected'] ?? 0 })
    Object.assign(tally, { goodput: 0, failed: 0 })
  }
  return points
}
