import { describe, expect, it } from 'vitest'
import { type EjectionPoint, load, runEjection } from './ejection-run.ts'
import { caps, commonFault, illnesses, settings } from './scenarios.ts'

function oneIll(illness: keyof typeof illnesses, name: string): Promise<EjectionPoint[]> {
  const setting = settings[name]
  if (setting === undefined) throw new Error(`no balancer is called ${name}`)
  return runEjection({ seconds: 100, illness: illnesses[illness], setting })
}

function allIll(name: string): Promise<EjectionPoint[]> {
  const setting = caps[name]
  if (setting === undefined) throw new Error(`no cap is called ${name}`)
  return runEjection({ seconds: 100, illness: commonFault, setting })
}

const failedIn = (points: readonly EjectionPoint[]): number =>
  points.reduce((sum, { failed }) => sum + failed, 0)

function meanGoodput(points: readonly EjectionPoint[]): number {
  return points.reduce((sum, { goodput }) => sum + goodput, 0) / points.length
}

const mostEjected = (points: readonly EjectionPoint[]): number =>
  Math.max(...points.map(({ ejected }) => ejected))

describe('one endpoint of ten is ill for a minute', { timeout: 60_000 }, () => {
  it.each(['dead', 'slow'] as const)(
    'round robin without ejection sends a tenth of the calls to one that is %s',
    async (illness) => {
      const failed = failedIn((await oneIll(illness, 'round robin, no ejection')).slice(12, 70))

      expect(failed).toBeGreaterThan(0.095 * 58 * load)
      expect(failed).toBeLessThan(0.105 * 58 * load)
    },
  )

  it.each(['dead', 'slow'] as const)(
    'with ejection 49 of 50 of the calls that fail at one that is %s are saved',
    async (illness) => {
      const without = failedIn(await oneIll(illness, 'round robin, no ejection'))

      expect(failedIn(await oneIll(illness, 'round robin, ejection'))).toBeLessThan(without / 50)
      expect(failedIn(await oneIll(illness, 'p2c, ejection: the default'))).toBeLessThan(without / 50)
    },
  )

  it.each(['dead', 'slow'] as const)(
    'the choice by latency and failures avoids one that is %s also without ejection',
    async (illness) => {
      expect(failedIn(await oneIll(illness, 'p2c, no ejection'))).toBeLessThan(20)
    },
  )

  it('ejection halves the failures of one that fails three calls in ten, whatever the strategy', async () => {
    const failed = async (name: string): Promise<number> => failedIn(await oneIll('flaky', name))

    expect(await failed('round robin, ejection')).toBeLessThan(
      0.5 * (await failed('round robin, no ejection')),
    )
    expect(await failed('p2c, ejection: the default')).toBeLessThan(0.5 * (await failed('p2c, no ejection')))
  })
})

describe('two of five requests fail at all endpoints for half a minute', { timeout: 60_000 }, () => {
  it('the default ejects one of ten, and has no more failures than without ejection', async () => {
    const points = await allIll('at most a tenth: the default')

    expect(mostEjected(points)).toBe(1)
    expect(failedIn(points)).toBeLessThan(1.02 * failedIn(await allIll('no ejection')))
    expect(meanGoodput(points.slice(41))).toBeGreaterThan(0.99 * load)
  })

  it('a cap of a half keeps most calls failing when the fault is over: the other half is too few for all calls', async () => {
    const points = await allIll('at most a half')

    expect(mostEjected(points)).toBe(5)
    expect(meanGoodput(points.slice(50))).toBeLessThan(0.3 * load)
  })

  it('without a cap the panic keeps most of the goodput, and without that calls fail for a minute more', async () => {
    const [panic, none] = [await allIll('no cap'), await allIll('no cap, no panic')]

    expect(mostEjected(none)).toBe(10)
    expect(meanGoodput(panic.slice(41))).toBeGreaterThan(0.9 * load)
    expect(meanGoodput(none.slice(41, 70))).toBeLessThan(0.9 * load)
  })

  it('is the same at every run', async () => {
    expect(await allIll('at most a half')).toEqual(await allIll('at most a half'))
  })
})
