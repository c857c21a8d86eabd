import {
  circuitBreaker as cockatielBreaker,
  ConsecutiveBreaker,
  handleAll,
  type IBreaker,
  SamplingBreaker,
} from 'cockatiel'
import { circuitBreaker, type CircuitBreakerOptions } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { manyInARow, neverOpens, opensAtOnce } from './contestants/breaker-settings.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { keptClosed, ours, oursTried, oursWithRuntime } from './contestants/ours.ts'
import { type Case, compare, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitBreaker } from './limit/alone.ts'
import { LimitBreaker, type LimitBreakerSettings } from './limit/breaker.ts'

const inARow = { consecutiveFailures: manyInARow, openMs: neverOpens.openMs }

/** A closed circuit by ratio and by failures in a row, and an open one. */
export const circuitBreakerSuite: Suite = {
  name: 'circuit-breaker',
  about:
    'a ratio in a window of 10 s, then failures in a row, then an open circuit: ours through tryRun, the others by catching. opossum knows ratios only.',
  async run(settings) {
    const cases = [
      byRatio('success', succeedingWork),
      byRatio('failure', failingWork),
      byFailuresInARow('success in a row', succeedingWork),
      byFailuresInARow('failure in a row', failingWork),
      open(),
    ]
    const rows = []
    for (const each of cases) rows.push(...(await compare(each, settings)))
    return rows
  },
}

function byRatio(name: string, makeWork: () => Work): Case {
  const sampling = (): IBreaker => new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 1e9 })
  const base = closed(name, makeWork, { settings: neverOpens, breaker: sampling })
  return {
    ...base,
    contestants: { ...base.contestants, opossum: () => opossumTrial(opossumOf(makeWork(), {})) },
  }
}

function byFailuresInARow(name: string, makeWork: () => Work): Case {
  const consecutive = (): IBreaker => new ConsecutiveBreaker(manyInARow)
  return closed(name, makeWork, { settings: inARow, breaker: consecutive })
}

interface Kind {
  readonly settings: CircuitBreakerOptions & Partial<LimitBreakerSettings>
  readonly breaker: () => IBreaker
}

function closed(name: string, makeWork: () => Work, { settings, breaker }: Kind): Case {
  return {
    ...{ suite: 'circuit-breaker', case: name, loop: name.startsWith('success') ? 'plain' : 'catching' },
    contestants: {
      bare: () => ({ call: makeWork() }),
      limit: () => limitTrial(makeWork(), { ...neverOpens, ...settings }),
      breakwater: () => oursTrial(ours, settings, makeWork()),
      'breakwater + runtime': () => oursTrial(oursWithRuntime, settings, makeWork()),
      cockatiel: () => cockatielTrial(breaker(), makeWork()),
    },
  }
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

function cockatielTrial(breaker: IBreaker, work: Work): Trial {
  const policy = cockatielBreaker(handleAll, { breaker, halfOpenAfter: neverOpens.openMs })
  return { call: () => policy.execute(work), before: () => policy.execute(() => 'a success') }
}

function open(): Case {
  return {
    ...{ suite: 'circuit-breaker', case: 'open', loop: 'catching' },
    contestants: {
      bare: () => ({ call: succeedingWork() }),
      limit: openLimit,
      breakwater: openBreaker,
      cockatiel: openCockatiel,
      opossum: openOpossum,
    },
  }
}

async function openLimit(): Promise<Trial> {
  const { call } = limitTrial(failingWork(), { ...neverOpens, ...opensAtOnce })
  await Promise.resolve(call()).catch(() => undefined)
  return { call }
}

async function openBreaker(): Promise<Trial> {
  const breaker = circuitBreaker(opensAtOnce)
  await breaker.run(failingWork()).catch(() => undefined)
  return oursTried([breaker], succeedingWork())
}

async function openCockatiel(): Promise<Trial> {
  const breaker = new ConsecutiveBreaker(1)
  const policy = cockatielBreaker(handleAll, { breaker, halfOpenAfter: opensAtOnce.openMs })
  await policy.execute(failingWork()).catch(() => undefined)
  const work = succeedingWork()
  return { call: () => policy.execute(work) }
}

function openOpossum(): Trial {
  const breaker = opossumOf(succeedingWork(), {})
  breaker.open()
  return opossumTrial(breaker)
}
