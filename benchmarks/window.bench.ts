import { circuitBreaker as cockatielBreaker, handleAll, SamplingBreaker } from 'cockatiel'
import { circuitBreaker, pipeline } from 'breakwater'
import { sharedTick } from './clock/coarse-tick.ts'
import { neverOpens } from './contestants/breaker-settings.ts'
import { opossumOf } from './contestants/opossum.ts'
import { compare, type Trial } from './harness/compare.ts'
import { type Loop, makeLoop } from './harness/loop.ts'
import type { Row } from './harness/row.ts'
import type { Suite } from './harness/suite.ts'
import { failingWork, succeedingWork, type Work } from './harness/work.ts'
import { limitBreaker } from './limit/alone.ts'
import { LimitBreaker } from './limit/breaker.ts'

const windowMs = 3_600_000
/** So few that they do not change how much is in the window. */
const maxCalls = 50
const warmingCalls = 2_000

/** What a failing call costs when the window already holds many. */
export const windowSuite: Suite = {
  name: 'window',
  about:
    'a failing call, counted in a window of an hour that holds so many successes already; at most 50 calls a batch, so figures are coarse.',
  async run(settings) {
    const rows: Row[] = []
    for (const size of settings.windowSizes) {
      const contestants = {
        bare: () => ({ call: failingWork() }),
        limit: () => filled(limitBreakerOf, size),
        breakwater: () => filled(breakwaterOf, size),
        cockatiel: () => filled(cockatielOf, size),
        opossum: () => filled(opossum, size),
      }
      const name = `${size.toLocaleString('en-US')} samples`
      rows.push(
        ...(await compare(
          { suite: 'window', case: name, loop: 'catching', contestants, maxCalls },
          settings,
        )),
      )
    }
    return rows
  },
}

/** A protected call that can be told to succeed or to fail. */
interface Protected {
  readonly run: (work: Work) => unknown
  readonly dispose?: () => unknown
}

/** A breaker with so much in its window; its code is warmed up with another breaker. */
async function filled(make: () => Protected, size: number): Promise<Trial> {
  const loop: Loop = makeLoop('catching')
  const success = succeedingWork()
  const failure = failingWork()
  const warmed = make()
  await loop(() => warmed.run(success), warmingCalls)
  await loop(() => warmed.run(failure), warmingCalls)
  warmed.dispose?.()
  const made = make()
  await loop(() => made.run(success), size + 1)
  return { call: () => made.run(failure), ...(made.dispose !== undefined && { dispose: made.dispose }) }
}

function limitBreakerOf(): Protected {
  return { run: limitBreaker(new LimitBreaker({ ...neverOpens, windowMs }), sharedTick()) }
}

function breakwaterOf(): Protected {
  const protectedWork = pipeline({ policies: [circuitBreaker({ ...neverOpens, windowMs })] })
  return { run: (work) => protectedWork.run(work) }
}

function cockatielOf(): Protected {
  const breaker = new SamplingBreaker({ threshold: 0.5, duration: windowMs, minimumRps: 1e9 })
  const policy = cockatielBreaker(handleAll, { breaker, halfOpenAfter: neverOpens.openMs })
  return { run: (work) => policy.execute(work) }
}

function opossum(): Protected {
  let next = succeedingWork()
  const breaker = opossumOf(() => next(), { rollingCountTimeout: windowMs })
  const run = (work: Work): unknown => {
    next = work
    return breaker.fire()
  }
  return { run, dispose: () => breaker.shutdown() }
}
