import { CircuitBreaker as EffectBreaker } from 'effect/persistence'
import { circuitBreaker as cockatielBreaker, handleAll } from 'cockatiel'
import { Circuit, type Module } from 'mollitia'
import { circuitBreaker, pipeline } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { type BreakerSettings, neverOpens } from './contestants/breaker-settings.ts'
import { samplingBreaker } from './contestants/cockatiel.ts'
import { effectBreaker, effectOf, effectTrial } from './contestants/effect.ts'
import { mollitiaCountBreaker, mollitiaTimeBreaker } from './contestants/mollitia.ts'
import { opossumOf } from './contestants/opossum.ts'
import { compare, type Contestants, type Trial } from './harness/compare.ts'
import { type Loop, makeLoop } from './harness/loop.ts'
import type { Row } from './harness/row.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitBreaker } from './limit/alone.ts'
import { LimitBreaker } from './limit/breaker.ts'

const settings: BreakerSettings = { ...neverOpens, windowMs: 3_600_000 }
/** So few that they do not change how much is in the window. */
const maxCalls = 50
const warmingCalls = 2_000
/** mollitia keeps no more by time. */
const keptByMollitia = 1_000
/** With more, mollitia by count takes minutes to fill: each call costs in proportion to all. */
const mostByCount = 10_000

/** What a failing call costs when the window already holds many. */
export const windowSuite: Suite = {
  name: 'window',
  about:
    'a failing call, counted in a window of an hour that holds so many successes already; at most 50 calls a batch, so figures are coarse. Effect and "mollitia, by count" have the last so many calls for a window, the latter up to 10,000: its cost is in proportion to them; "mollitia, by time" keeps the last 1,000 of the hour. p-retry, p-limit, bottleneck and rate-limiter-flexible have no breaker.',
  async run(runSettings) {
    const rows: Row[] = []
    for (const size of runSettings.windowSizes) {
      const contestants = {
        bare: () => ({ call: failingWork() }),
        ...trialsOf(windowContestants(settings, size), size),
      }
      const name = `${size.toLocaleString('en-US')} samples`
      const what = { suite: 'window', case: name, loop: 'catching', contestants, maxCalls } as const
      rows.push(...(await compare(what, runSettings)))
    }
    return rows
  },
}

/** A protected call that can be told to succeed or to fail. */
export interface Protected {
  readonly run: (work: Work) => unknown
  readonly dispose?: () => unknown
  /** How many calls fill its window. @default as many as are asked for */
  readonly most?: number
}

type Make = () => Protected | Promise<Protected>

/** All breakers with a window; those that count calls have one of so many, if it is to hold any. */
export function windowContestants(breaker: BreakerSettings, size: number): Readonly<Record<string, Make>> {
  const byCount = size > 0 && size <= mostByCount
  return {
    limit: () => ({ run: limitBreaker(new LimitBreaker(breaker), sharedTick()) }),
    breakwater: () => breakwaterOf(breaker),
    cockatiel: () => cockatielOf(breaker),
    opossum: () => opossum(breaker),
    'mollitia, by time': () => ({ ...mollitiaOf(mollitiaTimeBreaker(breaker)), most: keptByMollitia }),
    ...(byCount && { 'mollitia, by count': () => mollitiaOf(mollitiaCountBreaker(breaker, size)) }),
    ...(size > 0 && { effect: () => effectByCount(breaker, size) }),
  }
}

function trialsOf(makers: Readonly<Record<string, Make>>, size: number): Contestants {
  const trials = Object.entries(makers).map(([name, make]) => [name, () => filled(make, size)] as const)
  return Object.fromEntries(trials)
}

/** A breaker with so much in its window; its code is warmed up with another breaker. */
async function filled(make: Make, size: number): Promise<Trial> {
  const loop: Loop = makeLoop('catching')
  const success = succeedingWork()
  const failure = failingWork()
  const warmed = await make()
  await loop(() => warmed.run(success), Math.min(warmingCalls, size + 200))
  await loop(() => warmed.run(failure), Math.min(warmingCalls, size + 200))
  await warmed.dispose?.()
  const made = await make()
  await loop(() => made.run(success), Math.min(size, made.most ?? Infinity) + 1)
  const trial = { call: () => made.run(failure), before: () => made.run(success) }
  return { ...trial, ...(made.dispose !== undefined && { dispose: made.dispose }) }
}

function breakwaterOf(breaker: BreakerSettings): Protected {
  const protectedWork = pipeline({ policies: [circuitBreaker(breaker)] })
  return { run: (work) => protectedWork.run(work) }
}

function cockatielOf(settings: BreakerSettings): Protected {
  const breaker = samplingBreaker(settings)
  const policy = cockatielBreaker(handleAll, { breaker, halfOpenAfter: settings.openMs })
  return { run: (work) => policy.execute(work) }
}

function opossum({ windowMs, failureRatio, minimumCalls }: BreakerSettings): Protected {
  let next = succeedingWork()
  const breaker = opossumOf(() => next(), {
    ...{ rollingCountTimeout: windowMs, volumeThreshold: minimumCalls },
    errorThresholdPercentage: 100 * failureRatio,
  })
  const run = (work: Work): unknown => {
    next = work
    return breaker.fire()
  }
  return { run, dispose: () => breaker.shutdown() }
}

function mollitiaOf(module: Module): Protected {
  let next = succeedingWork()
  const circuit = new Circuit({ func: () => next(), options: { modules: [module] } })
  const run = (work: Work): unknown => {
    next = work
    return circuit.execute()
  }
  return { run, dispose: () => circuit.dispose() }
}

async function effectByCount(
  { failureRatio: threshold, minimumCalls, openMs }: BreakerSettings,
  size: number,
): Promise<Protected> {
  const policy = EffectBreaker.rate({ threshold, minimumCalls, size })
  const execute = (await effectBreaker(policy, openMs)).execute({ key: 'work' })
  return { run: (work) => effectTrial(execute(effectOf(work))).call() }
}
