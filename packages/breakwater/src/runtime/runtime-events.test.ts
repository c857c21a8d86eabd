import { describe, expect, it } from 'vitest'
import { balancer } from '../balancer/balancer.ts'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { chaos } from '../chaos/chaos.ts'
import { fault } from '../chaos/faults/fault.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import type { Runtime } from './runtime-api.ts'
import { createRuntime } from './runtime.ts'

function setUp(): { clock: FakeClock; bw: Runtime } {
  const clock = new FakeClock()
  return { clock, bw: createRuntime({ service: 'shop', instance: 'one', clock, random: seededRandom(1) }) }
}

function eventsOf(bw: Runtime): readonly (readonly [string, string | undefined])[] {
  return bw.collect().events.map(({ type, policy }) => [type, policy])
}

describe('a runtime reports', () => {
  it('an endpoint that is ejected and comes back, under the name of its balancer', async () => {
    const { clock, bw } = setUp()
    const nodes = balancer({
      ...{ name: 'nodes', endpoints: ['a', 'b', 'c'], strategy: 'round-robin' },
      ...{ outlierEjection: { jitter: 0 }, clock, random: seededRandom(1) },
    })
    const line = bw.pipeline({ operation: 'read', policies: [nodes] })
    const isDown = ({ endpoint }: { readonly endpoint: unknown }): string => {
      if (endpoint === 'b') throw new Error('down')
      return 'up'
    }
    for (let i = 0; i < 40; i++) await line.tryRun(isDown)
    const during = bw.collect().events
    await clock.advance(40_000)
    for (let i = 0; i < 40; i++) await line.tryRun(() => 'up')

    expect(during.map(({ type, policy, details }) => [type, policy, details?.['endpoint']])).toEqual([
      ['EndpointEjected', 'nodes', 'b'],
    ])
    expect(eventsOf(bw)).toEqual([['EndpointRestored', 'nodes']])
  })

  it('a bulkhead whose slots are held by abandoned work, and when they come back', async () => {
    const { clock, bw } = setUp()
    const slots = bulkhead({ name: 'mail', limit: 2, breach: {}, clock })
    const line = bw.pipeline({ operation: 'send', policies: [slots, timeout({ ms: 10 })] })
    const calls = [1, 2].map(() => line.tryRun(() => clock.sleep(1_000)))
    await clock.advance(20)
    await line.tryRun(() => 1)
    const during = eventsOf(bw)
    await clock.advance(1_000)
    await Promise.all(calls)

    expect(during).toContainEqual(['BulkheadBreached', 'mail'])
    expect(eventsOf(bw)).toEqual([['BulkheadBreachEnded', 'mail']])
  })

  it('that chaos is on, once, and that it is over', async () => {
    const { clock, bw } = setUp()
    let isOn = true
    const drill = chaos({ name: 'drill', isEnabled: () => isOn, faults: [fault({ rate: 1 })] })
    const line = bw.pipeline({ operation: 'read', policies: [drill] })
    await line.tryRun(() => 1)
    const first = eventsOf(bw)
    await line.tryRun(() => 1)
    const second = eventsOf(bw)
    isOn = false
    await clock.advance(30_000)

    expect([first, second, eventsOf(bw)]).toEqual([
      [['ChaosStarted', 'drill']],
      [],
      [['ChaosEnded', 'drill']],
    ])
  })

  it('a keyed breaker that has no room for further keys', async () => {
    const { bw } = setUp()
    const hosts = bw.keyedCircuitBreaker('hosts', { consecutiveFailures: 1, maxKeys: 1 })
    await hosts.run(() => Promise.reject(new Error('down')), { key: 'a' }).catch(() => undefined)
    await hosts.run(() => 1, { key: 'b' })

    expect(eventsOf(bw)).toContainEqual(['CircuitKeysExhausted', 'hosts'])
  })

  it('takes a policy of another make, which has no events', () => {
    const { bw } = setUp()
    const stats = () => ({ counters: {}, gauges: {} })
    const foreign = { kind: 'balancer', name: 'own', stats, compile: bulkhead().compile, on: 'nothing' }

    bw.pipeline({ operation: 'read', policies: [foreign] })

    expect(bw.collect().policies).toMatchObject([{ kind: 'balancer', name: 'own' }])
  })
})

describe('a runtime that is asked again for a policy of the same name', () => {
  it('says once which options it ignores', () => {
    const { bw } = setUp()
    const first = bw.bulkhead('db', { limit: 10 })
    const second = bw.bulkhead('db', { limit: 20, queue: 5 })
    bw.bulkhead('db', { limit: 30 })

    expect(second).toBe(first)
    expect(bw.collect().events).toMatchObject([
      {
        type: 'OptionsIgnored',
        policy: 'db',
        message: 'db: made with other options before, so that limit, queue is ignored',
        details: { ignored: 'limit, queue' },
      },
    ])
  })

  it('says nothing when it is asked without options, with the same ones, or with what is written anew each time', () => {
    const { bw } = setUp()
    const isFailure = (): boolean => true
    bw.circuitBreaker('db', { openMs: 1_000, isFailure, ramp: { steps: [0.5] } })
    bw.circuitBreaker('db')
    bw.circuitBreaker('db', { openMs: 1_000, isFailure: () => true, ramp: { steps: [0.5] } })
    bw.keyedCircuitBreaker('db', { openMs: 5 })
    bw.retryBudget('db', { ratio: 0.1 })

    expect(bw.collect().events).toEqual([])
  })

  it.each([
    ['breaker', (bw: Runtime, ms: number) => bw.circuitBreaker('db', { openMs: ms })],
    ['keyed breaker', (bw: Runtime, ms: number) => bw.keyedCircuitBreaker('db', { openMs: ms })],
    ['budget', (bw: Runtime, ms: number) => bw.retryBudget('db', { windowMs: ms })],
  ])('says so of a %s too', (_, ask) => {
    const { bw } = setUp()
    ask(bw, 2_000)
    ask(bw, 3_000)

    expect(bw.collect().events.map(({ type }) => type)).toEqual(['OptionsIgnored'])
  })
})
