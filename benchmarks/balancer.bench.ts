import { balancer, systemRandom } from 'breakwater'
import { compareAll, type Contestants, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork, type Work } from './harness/work.ts'
import { limitBalancer } from './limit/balancer.ts'

const ids = ['one', 'two', 'three']
const strategies = ['p2c', 'least-loaded', 'round-robin'] as const

/** A balancer over three endpoints. */
export const balancerSuite: Suite = {
  name: 'balancer',
  about:
    'three healthy endpoints, one call at a time. breakwater: p2c, with outlier ejection and slow start, as is its default. limit: p2c without any of that. None of the other libraries has one.',
  run(settings) {
    const contestants = balancerContestants(succeedingWork)
    return compareAll([{ suite: 'balancer', case: 'success', loop: 'plain', contestants }], settings)
  },
}

/** Work that is told where to go. */
export type EndpointWork = (endpoint: string) => Promise<unknown>

/** All that choose an endpoint; `bare` always takes the first. */
export function balancerContestants(makeWork: () => Work | EndpointWork): Contestants {
  const bare = (): Trial => {
    const work = makeWork()
    return { call: () => work('one') }
  }
  const [p2c, ...others] = strategies
  return {
    bare,
    limit: () => limitTrial(makeWork()),
    breakwater: () => oursTrial(p2c, makeWork()),
    ...Object.fromEntries(
      others.map((strategy) => [`breakwater, ${strategy}`, () => oursTrial(strategy, makeWork())]),
    ),
  }
}

function oursTrial(strategy: (typeof strategies)[number], work: EndpointWork): Trial {
  const balanced = balancer({ endpoints: ids, strategy })
  return { call: () => balanced.run(work) }
}

function limitTrial(work: EndpointWork): Trial {
  const endpoints = ids.map((id) => ({ id, inFlight: 0 }))
  const run = limitBalancer(endpoints, systemRandom)
  return { call: () => run(({ id }) => work(id)) }
}
