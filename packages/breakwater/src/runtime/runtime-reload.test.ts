import { describe, expect, it } from 'vitest'
import { circuitBreaker } from '../circuit-breaker/circuit-breaker.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { Runtime } from './runtime-api.ts'
import { createRuntime } from './runtime.ts'

function setUp(): Runtime {
  const random = seededRandom(1)
  return createRuntime({ service: 'shop', instance: 'one', clock: new FakeClock(), random })
}

const backoff = fixed({ delayMs: 0 })
const down = (): Promise<never> => Promise.reject(new Error('down'))

function namesOf(bw: Runtime): readonly string[] {
  return bw.snapshot().policies.map(({ kind, name }) => `${kind} ${name}`)
}

describe('a runtime whose pipeline gets other policies', () => {
  it('reports them under the names of those that they replace, and their counts go on', async () => {
    const bw = setUp()
    const line = bw.pipeline({ operation: 'a', policies: [retry({ maxRetries: 1, backoff })] })
    await line.tryRun(down)
    const first = bw.collect().policies
    await line.tryRun(down)

    line.setPolicies([retry({ maxRetries: 2, backoff })])
    await line.tryRun(down)
    const second = bw.collect().policies

    expect(first).toMatchObject([{ kind: 'retry', name: 'a', counters: { retries: 1 } }])
    expect(second).toMatchObject([
      { kind: 'retry', name: 'a', counters: { retries: 3 }, gauges: { maxRetries: 2 } },
    ])
    expect(bw.snapshot().policies).toMatchObject([{ counters: { retries: 4 } }])
  })

  it('adds what is new, keeps the names of what stays, and tells equals apart', () => {
    const bw = setUp()
    const inner = timeout({ ms: 5 })
    const line = bw.pipeline({ operation: 'a', policies: [timeout({ ms: 9 }), inner] })

    line.setPolicies([retry(), timeout({ ms: 10 }), inner, timeout({ ms: 1 })])

    expect(namesOf(bw)).toEqual(['timeout a', 'timeout a#2', 'retry a', 'timeout a#3'])
  })

  it('gives a person’s order to the breaker that takes the place, and reports its events', async () => {
    const bw = setUp()
    const make = (consecutiveFailures: number) => circuitBreaker({ name: 'db', consecutiveFailures })
    const line = bw.pipeline({ operation: 'a', policies: [make(5)] })
    const order = { service: 'shop', mode: 'forced-open', reason: 'deploy', by: 'ann', at: 1 } as const
    bw.applyControl({ revision: 1, overrides: [{ ...order, policy: 'db' }] })

    const next = make(1)
    line.setPolicies([next])
    const ordered = next.override
    bw.applyControl({ revision: 2, overrides: [] })
    bw.collect()
    await line.tryRun(down)

    expect(ordered).toBe('forced-open')
    expect(bw.collect().events).toMatchObject([{ type: 'CircuitOpened', policy: 'db' }])
  })

  it('takes a policy that another pipeline has for what it is', async () => {
    const bw = setUp()
    const shared = circuitBreaker({ name: 'db' })
    bw.pipeline({ operation: 'a', policies: [shared] })
    const line = bw.pipeline({ operation: 'b', policies: [circuitBreaker({ name: 'own' })] })

    line.setPolicies([shared])
    await line.run(() => 1)

    expect(namesOf(bw)).toEqual(['circuit-breaker db', 'circuit-breaker own'])
    expect(bw.collect().policies[0]).toMatchObject({ name: 'db', counters: { admitted: 1 } })
  })

  it('goes on to report a policy that another pipeline still has, until that gives it up too', async () => {
    const bw = setUp()
    const shared = circuitBreaker({ name: 'db' })
    const [one, other] = ['a', 'b'].map((operation) => bw.pipeline({ operation, policies: [shared] }))
    one?.setPolicies([circuitBreaker({ name: 'db' })])
    await other?.run(() => 1)
    const both = bw.collect().policies

    other?.setPolicies([circuitBreaker({ name: 'db' })])
    await other?.run(() => 1)

    expect(both).toMatchObject([
      { name: 'db', counters: { admitted: 1 } },
      { name: 'db#2', counters: { admitted: 0 } },
    ])
    expect(bw.collect().policies).toMatchObject([
      { name: 'db', counters: { admitted: 1 } },
      { name: 'db#2', counters: { admitted: 0 } },
    ])
  })
})
