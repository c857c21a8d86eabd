import { describe, expect, it } from 'vitest'
import { type CascadePoint, type CascadeRun, runCascade, secondsToRecover } from './cascade-run.ts'
import { ill, illnesses, stacksOf } from './scenarios.ts'

/** What differs from the usual run: attempts of 1 s, 1 ms from one server to the next. */
interface Setting extends Partial<Pick<CascadeRun, 'seed' | 'networkMs'>> {
  readonly illness?: keyof typeof illnesses
  readonly attemptMs?: number
}

function play(name: string, setting: Setting): Promise<readonly CascadePoint[]> {
  const { illness = 'hangs', attemptMs, seed = 20_261_124, networkMs = 1 } = setting
  const stack = stacksOf(attemptMs)[name]
  if (stack === undefined) throw new Error(`no stack is called ${name}`)
  return runCascade({ stack, illness: illnesses[illness], seed, networkMs })
}

const known = new Map<string, Promise<readonly CascadePoint[]>>()

/** Several tests look at the same run. */
function simulate(name: string, setting: Setting = {}): Promise<readonly CascadePoint[]> {
  const key = JSON.stringify([name, setting.illness, setting.attemptMs, setting.seed, setting.networkMs])
  const run = known.get(key) ?? play(name, setting)
  known.set(key, run)
  return run
}

type Measure = Exclude<keyof CascadePoint, 'second'>

function sum(points: readonly CascadePoint[], measure: Measure): number {
  return points.reduce((total, point) => total + point[measure], 0)
}

async function total(measure: Measure, name: string, setting?: Setting): Promise<number> {
  return sum(await simulate(name, setting), measure)
}

/** How many cascading timeouts the usual stack has for each of those with timeouts of one's own, the worse of two ratios. */
async function ratioOf(setting: Setting): Promise<number> {
  const ours = await total('cascading', 'usual stack', setting)
  const retrying = await total('cascading', 'own timeouts, retries', setting)
  return ours / Math.min(retrying, await total('cascading', 'own timeouts, no retry', setting))
}

const names = Object.keys(stacksOf())

describe(
  'a database that is ill for a minute at the end of a chain of services',
  { timeout: 120_000 },
  () => {
    it('before it is ill every request is answered in full, whatever the services do', async () => {
      const before = await Promise.all(names.map(async (name) => (await simulate(name)).slice(0, ill.from)))

      const shares = before.map((points) => sum(points, 'full') / sum(points, 'offered'))
      expect(Math.min(...shares)).toBeGreaterThan(0.995)
    })

    it.each<Setting>([
      {},
      { seed: 20_261_125 },
      { seed: 20_261_126 },
      { illness: 'slow' },
      { illness: 'slow', seed: 20_261_125 },
      { attemptMs: 700 },
      { attemptMs: 2_000 },
      { networkMs: 5 },
    ])(
      'the usual stack has 90 % fewer cascading timeouts than own timeouts, with and without retries: %o',
      async (setting) => {
        expect(await ratioOf(setting)).toBeLessThanOrEqual(0.1)
      },
    )

    it('a timeout fails a sixth of the requests and more with own timeouts, and none with the usual stack', async () => {
      const offered = await total('offered', 'usual stack')

      expect(await total('late', 'own timeouts, retries')).toBeGreaterThan(offered / 6)
      expect(await total('late', 'own timeouts, no retry')).toBeGreaterThan(offered / 6)
      expect(await total('late', 'usual stack')).toBe(0)
      expect(await total('failed', 'usual stack')).toBe(0)
    })

    it('requests that do not need the database fail with own timeouts; deadlines or the usual stack save all of them', async () => {
      const browsed = async (name: string): Promise<number> => {
        const during = (await simulate(name)).slice(ill.from, ill.to)
        return sum(during, 'browsed') / sum(during, 'browsing')
      }

      expect(await browsed('own timeouts, retries')).toBeLessThan(0.05)
      expect(await browsed('own timeouts, no retry')).toBeLessThan(0.15)
      expect(await browsed('deadlines, retries')).toBeGreaterThan(0.99)
      expect(await browsed('deadlines, no retry')).toBeGreaterThan(0.99)
      expect(await browsed('usual stack')).toBeGreaterThan(0.99)
    })

    it('with deadlines hardly a worker is busy for a caller who is gone', async () => {
      const own = await total('wastedMs', 'own timeouts, no retry')

      expect(await total('wastedMs', 'own timeouts, retries')).toBeGreaterThan(2 * own)
      expect(await total('wastedMs', 'deadlines, no retry')).toBeLessThan(0.01 * own)
      expect(await total('wastedMs', 'usual stack')).toBeLessThan(0.01 * own)
    })

    it('the usual stack with retries at edge alone has hardly a cascading timeout', async () => {
      const own = await total('cascading', 'own timeouts, retries')

      expect(await total('cascading', 'usual stack, retry at edge only')).toBeLessThan(0.002 * own)
    })

    it.each(['usual stack, no deadlines', 'usual stack, no breakers', 'usual stack, no bulkheads'])(
      'each part of the usual stack prevents some: %s',
      async (name) => {
        expect(await total('cascading', name)).toBeGreaterThan(
          1.2 * (await total('cascading', 'usual stack')),
        )
      },
    )

    it('deadlines alone end the cascade where servers are near and nobody retries', async () => {
      const own = await total('cascading', 'own timeouts, no retry')

      expect(await total('cascading', 'deadlines, no retry')).toBeLessThan(0.01 * own)
    })

    it.each<[string, string, number]>([
      ['when each service retries', 'deadlines, retries', 1],
      ['when servers are 10 ms away', 'deadlines, no retry', 10],
    ])('deadlines alone do not end the cascade %s', async (_, name, networkMs) => {
      const own = await total('cascading', 'own timeouts, retries', { networkMs })

      expect(await total('cascading', name, { networkMs })).toBeGreaterThan(0.5 * own)
    })

    it('the usual stack comes back later than own timeouts, and within 15 s when open times do not grow', async () => {
      const recovery = async (name: string): Promise<number | null> =>
        secondsToRecover(await simulate(name), illnesses.hangs)

      expect(await recovery('own timeouts, retries')).toBeLessThan(10)
      expect(await recovery('usual stack')).toBeGreaterThan(30)
      expect(await recovery('usual stack')).toBeLessThan(50)
      expect(await recovery('usual stack, open for 5 s')).toBeLessThan(15)
    })

    it('three breakers one behind the other need half a minute and more after a slow database too', async () => {
      const points = await simulate('usual stack', { illness: 'slow', seed: 20_261_125 })
      const seconds = secondsToRecover(points, illnesses.slow)

      expect(seconds).toBeGreaterThan(30)
      expect(seconds).toBeLessThan(50)
    })

    it('is the same at every run', async () => {
      const [first, second] = [await play('usual stack', {}), await play('usual stack', {})]

      expect(first).toEqual(second)
    })
  },
)
