import { circuitBreaker } from 'breakwater'
import { ConsecutiveBreaker, SamplingBreaker, TimeoutStrategy } from 'cockatiel'
import { neverOpens, opensAtOnce } from './contestants/breaker-settings.ts'
import { opossumOf, opossumTrial } from './contestants/opossum.ts'
import { keptClosed, ours, oursTried, oursWithRuntime } from './contestants/ours.ts'
import {
  cockatielStack,
  type CockatielTimeout,
  limitParts,
  opossumStack,
  ourStack,
} from './contestants/stack-policies.ts'
import { type Case, compare, type Trial } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limit } from './limit.ts'
import { LimitBreaker } from './limit/breaker.ts'

const aggressive = { outer: TimeoutStrategy.Aggressive, inner: TimeoutStrategy.Aggressive }
const cheapest = {
  outer: undefined,
  inner: { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false },
}

/** The whole stack around an async function. */
export const stackSuite: Suite = {
  name: 'stack',
  about:
    'fallback, total timeout, retry, breaker, bulkhead, attempt timeout. "cockatiel, least" has one cooperative timeout instead of two that let go; opossum has no retry, no queue, one timeout. Failures are answered by the fallback, and so is the open circuit.',
  async run(settings) {
    const rows = []
    for (const each of [closed('success', succeedingWork), closed('failure', failingWork), open()])
      rows.push(...(await compare(each, settings)))
    return rows
  },
}

function closed(name: string, makeWork: () => Work): Case {
  return {
    ...{ suite: 'stack', case: name, loop: name === 'success' ? 'plain' : 'catching' },
    contestants: {
      bare: () => ({ call: makeWork() }),
      limit: () => limitTrial(makeWork()),
      breakwater: () => oursTrial(ours, makeWork()),
      'breakwater + runtime': () => oursTrial(oursWithRuntime, makeWork()),
      cockatiel: () => cockatielTrial(makeWork(), aggressive),
      'cockatiel, least': () => cockatielTrial(makeWork(), cheapest),
      opossum: () => opossumTrial(opossumOf(makeWork(), opossumStack.options).fallback(opossumStack.answer)),
    },
  }
}

function oursTrial(protect: typeof ours, work: Work): Trial {
  const breaker = circuitBreaker(neverOpens)
  return keptClosed(breaker, protect(ourStack(breaker), work))
}

function limitTrial(work: Work): Trial {
  const breaker = new LimitBreaker(neverOpens)
  const parts = limitParts(breaker)
  const run = limit(parts)
  const { tick } = parts.flights
  const before = (): void => breaker.exit(breaker.enter(tick.now), true, tick.now)
  return { call: () => run(work), before }
}

interface Timeouts {
  readonly outer: CockatielTimeout | undefined
  readonly inner: CockatielTimeout
}

function cockatielTrial(work: Work, timeouts: Timeouts): Trial {
  const sampling = new SamplingBreaker({ threshold: 0.5, duration: neverOpens.windowMs, minimumRps: 1e9 })
  const policy = cockatielStack(sampling, timeouts)
  return { call: () => policy.execute(work) }
}

function open(): Case {
  return {
    ...{ suite: 'stack', case: 'open', loop: 'catching' },
    contestants: {
      bare: () => ({ call: succeedingWork() }),
      limit: openLimit,
      breakwater: openBreakwater,
      cockatiel: () => openCockatiel(aggressive),
      'cockatiel, least': () => openCockatiel(cheapest),
      opossum: openOpossum,
    },
  }
}

async function openLimit(): Promise<Trial> {
  const run = limit(limitParts(new LimitBreaker({ ...neverOpens, ...opensAtOnce })))
  await run(failingWork())
  const work = succeedingWork()
  return { call: () => run(work) }
}

async function openBreakwater(): Promise<Trial> {
  const breaker = circuitBreaker(opensAtOnce)
  await breaker.run(failingWork()).catch(() => undefined)
  return oursTried(ourStack(breaker), succeedingWork())
}

async function openCockatiel(timeouts: Timeouts): Promise<Trial> {
  const policy = cockatielStack(new ConsecutiveBreaker(1), timeouts)
  await policy.execute(failingWork())
  const work = succeedingWork()
  return { call: () => policy.execute(work) }
}

function openOpossum(): Trial {
  const breaker = opossumOf(succeedingWork(), opossumStack.options).fallback(opossumStack.answer)
  breaker.open()
  return opossumTrial(breaker)
}
