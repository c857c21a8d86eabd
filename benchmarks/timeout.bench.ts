import { timeout as cockatielTimeout, TimeoutStrategy } from 'cockatiel'
import { timeout } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { ours, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compare, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { Flights } from './limit/flight.ts'
import { limitTimeout } from './limit/timeout.ts'

const ms = 2_000
const aggressive = TimeoutStrategy.Aggressive
const cheapest = { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false }

/** A timeout that does not fire. */
export const timeoutSuite: Suite = {
  name: 'timeout',
  about:
    'two seconds that never pass. All let the caller go at the deadline, but for "cockatiel, cooperative", which waits for the work. opossum: its breaker is in it.',
  async run(settings) {
    const success = await compare(caseOf('success', succeedingWork), settings)
    return [...success, ...(await compare(caseOf('failure', failingWork), settings))]
  },
}

function caseOf(name: string, makeWork: () => Work): Case {
  return {
    ...{ suite: 'timeout', case: name, loop: name === 'success' ? 'plain' : 'catching' },
    contestants: {
      bare: () => ({ call: makeWork() }),
      limit: () => limitTrial(makeWork()),
      breakwater: () => ours([timeout({ ms })], makeWork()),
      'breakwater + runtime': () => oursWithRuntime([timeout({ ms })], makeWork()),
      cockatiel: () => cockatielTrial(makeWork(), aggressive),
      'cockatiel, cooperative': () => cockatielTrial(makeWork(), cheapest),
      opossum: () => opossumTrial(opossumOf(makeWork(), { timeout: ms })),
    },
  }
}

function limitTrial(work: Work): Trial {
  const run = limitTimeout(ms, new Flights(sharedTick()))
  return { call: () => run(work) }
}

function cockatielTrial(work: Work, strategy: Parameters<typeof cockatielTimeout>[1]): Trial {
  const policy = cockatielTimeout(ms, strategy)
  return { call: () => policy.execute(work) }
}
