import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { fallback } from '../fallback/fallback.ts'
import { latencyCount } from '../protocol/index.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { timeout } from '../timeout/timeout.ts'
import type { Runtime } from './runtime-api.ts'
import { createRuntime } from './runtime.ts'

interface Bench {
  readonly clock: FakeClock
  readonly bw: Runtime
}

function setUp(): Bench {
  const clock = new FakeClock()
  return { clock, bw: createRuntime({ service: 'shop', instance: 'one', clock, random: seededRandom(1) }) }
}

const down = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('no route'), { code: 'ECONNREFUSED' }))

describe('createRuntime()', () => {
  it('collect() gives exact counters once: calls are successes, failures, rejections and cancellations', async () => {
    const { bw, clock } = setUp()
    const circuitBreaker = bw.circuitBreaker('db', { consecutiveFailures: 1 })
    const query = bw.pipeline({ operation: 'db.query', policies: [circuitBreaker] })
    const controller = new AbortController()
    await query.run(() => 'row')
    const aborted = query.tryRun(() => new Promise(() => undefined), { signal: controller.signal })
    controller.abort()
    await aborted
    await query.tryRun(down)
    await query.tryRun(() => 'never run')

    const facts = bw.collect()
    const later = bw.collect()

    expect(facts.operations[0]).toMatchObject({
      operation: 'db.query',
      calls: 4,
      successes: 1,
      failures: 1,
      rejections: 1,
      cancellations: 1,
      attempts: 3,
      attemptFailures: 1,
      inFlight: 0,
    })
    expect(latencyCount(facts.operations[0]?.latency ?? { sumMs: 0, maxMs: 0, buckets: [] })).toBe(3)
    expect(later.operations).toEqual([])
    clock.expectIdle()
  })

  it('collect() tells who spared the user: the retry that worked, or else the fallback', async () => {
    const { bw, clock } = setUp()
    const policies = [fallback(() => 'shelf'), retry({ maxRetries: 1, backoff: fixed({ delayMs: 10 }) })]
    const list = bw.pipeline({ operation: 'list', policies })
    let calls = 0
    const second = list.run(() => (++calls === 1 ? down() : 'fresh'))
    const never = list.run(down)
    await clock.advance(10)

    const answers = await Promise.all([second, never])

    expect(answers).toEqual(['fresh', 'shelf'])
    expect(bw.collect().operations[0]).toMatchObject({
      calls: 2,
      successes: 2,
      attempts: 4,
      attemptFailures: 3,
      sparedByRetry: 1,
      sparedByFallback: 1,
    })
  })

  it('collect() measures a call with all its attempts and waits', async () => {
    const { bw, clock } = setUp()
    const slow = bw.pipeline({ operation: 'slow', policies: [timeout({ ms: 1_000 })] })
    const call = slow.run(() => clock.sleep(200))
    await clock.advance(200)
    await call

    expect(bw.collect().operations[0]?.latency.maxMs).toBe(200)
  })

  it('counts what runs as in flight until it ends', async () => {
    const { bw, clock } = setUp()
    const slow = bw.pipeline({ operation: 'slow', policies: [] })
    const call = slow.run(() => clock.sleep(200))

    expect(bw.collect().operations[0]).toMatchObject({ calls: 0, inFlight: 1 })
    await clock.advance(200)
    await call
    expect(bw.collect().operations[0]).toMatchObject({ calls: 1, inFlight: 0 })
  })

  it('records each failed attempt as a fault of its operation, with the trace that ran', async () => {
    const clock = new FakeClock()
    const currentTrace = () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) })
    const bw = createRuntime({ service: 'shop', clock, random: seededRandom(1), currentTrace })
    const query = bw.pipeline({
      operation: 'db.query',
      policies: [retry({ maxRetries: 1, backoff: fixed({ delayMs: 0 }) })],
    })
    await query.tryRun(down)

    const [fault] = bw.collect().faults

    expect(fault).toMatchObject({
      count: 2,
      name: 'Error',
      category: 'technical/network',
      operations: { 'db.query': 2 },
    })
    expect(fault?.exemplars[1]).toMatchObject({ attempt: 1, traceId: 'a'.repeat(32), operation: 'db.query' })
  })

  it('reports an attempt that timed out as a failed attempt and a fault', async () => {
    const { bw, clock } = setUp()
    const slow = bw.pipeline({ operation: 'slow', policies: [timeout({ ms: 100 })] })
    const call = slow.tryRun(() => new Promise(() => undefined))
    await clock.advance(100)
    await call

    const facts = bw.collect()

    expect(facts.operations[0]).toMatchObject({ calls: 1, failures: 1, attemptFailures: 1 })
    expect(facts.faults[0]).toMatchObject({ name: 'TimeoutError', count: 1 })
    expect(facts.policies[0]).toMatchObject({ kind: 'timeout', name: 'slow', counters: { timedOut: 1 } })
  })

  it('turns an opened circuit into an event and an urgent call, once, however many pipelines share it', async () => {
    const { bw } = setUp()
    let urgent = 0
    bw.onUrgent(() => urgent++)
    const breaker = bw.circuitBreaker('db', { consecutiveFailures: 1, jitter: 0 })
    const read = bw.pipeline({ operation: 'read', policies: [breaker] })
    bw.pipeline({ operation: 'write', policies: [breaker] })
    await read.tryRun(down)

    const { events, policies } = bw.collect()

    expect(events).toEqual([
      {
        type: 'CircuitOpened',
        at: Date.UTC(2026, 0, 1),
        policy: 'db',
        message: 'db: circuit opened (a call failed)',
        details: { reason: 'a call failed', openMs: 5_000 },
      },
    ])
    expect(urgent).toBe(1)
    expect(policies.find(({ kind }) => kind === 'circuit-breaker')?.breaker).toMatchObject({ state: 'open' })
  })

  it('applyControl() orders breakers that exist and those made later, and gives back what is no longer named', async () => {
    const { bw } = setUp()
    const early = bw.circuitBreaker('early')
    const order = (policy: string) => ({
      service: 'shop',
      policy,
      mode: 'forced-open' as const,
      reason: 'deploy',
      by: 'ann',
      at: 1,
    })

    bw.applyControl({ revision: 1, overrides: [order('early'), order('late')] })
    const late = bw.circuitBreaker('late')
    const outcome = await late.run(() => 1).catch((error: unknown) => error)

    expect([early.override, late.override]).toEqual(['forced-open', 'forced-open'])
    expect(outcome).toMatchObject({ code: 'CIRCUIT_OPEN', reason: 'held open by hand: deploy' })
    bw.applyControl({ revision: 2, overrides: [order('late')] })
    expect([early.override, late.override]).toEqual(['automatic', 'forced-open'])
  })

  it('circuitBreaker() gives the same breaker for the same name', () => {
    const { bw } = setUp()

    expect(bw.circuitBreaker('db')).toBe(bw.circuitBreaker('db', { openMs: 1 }))
  })

  it('reports policies without a name under their operation, and tells equals apart', () => {
    const { bw } = setUp()
    bw.pipeline({
      operation: 'a',
      policies: [timeout({ totalMs: 9 }), retry(), timeout({ ms: 1 }), timeout({ ms: 2 })],
    })

    const names = bw.collect().policies.map(({ kind, name }) => `${kind} ${name}`)

    expect(names).toEqual(['timeout a (total)', 'retry a', 'timeout a', 'timeout a#2'])
  })

  it('sums the retries that a budget refused into one event an interval, and says that the budget is spent', async () => {
    const { bw } = setUp()
    const budget = bw.retryBudget('db', { ratio: 0, minPerSecond: 0 })
    const call = bw.pipeline({ operation: 'a', policies: [retry({ budget })] })
    await call.tryRun(down)
    await call.tryRun(down)

    const { events, policies } = bw.collect()

    expect(events.map(({ type, details }) => ({ type, details }))).toEqual([
      { type: 'BudgetExhausted', details: { refused: 2 } },
      { type: 'RetryBudgetExhausted', details: { refused: 2 } },
    ])
    expect(policies.find(({ kind }) => kind === 'retry-budget')).toMatchObject({
      name: 'db',
      counters: { granted: 0, refused: 2 },
    })
  })

  it('counts operations beyond the limit under one name and says how many', () => {
    const { bw } = setUp()
    for (let i = 0; i < 1_002; i++) bw.pipeline({ operation: `op-${i}`, policies: [] })

    expect(bw.collect().dropped.operations).toBe(3)
    expect(Object.keys(bw.snapshot().operations)).toHaveLength(1_000)
  })

  it('rejects a service name that is empty, an instance with a slash, and an option that it does not know', () => {
    expect(() => createRuntime({ service: '' })).toThrow(
      "Cannot create runtime as 'service' must be a string of 1 to 200 characters",
    )
    expect(() => createRuntime({ service: 'a', instance: 'a/b' })).toThrow("current value is 'a/b'")
    expect(() => createRuntime({ service: 'a', hubb: 1 } as never)).toThrow("'hubb' is not an option of it")
  })

  it('makes every name, gauge and text fit the wire, so that no report is refused for one of them', () => {
    const { bw } = setUp()
    const stats = () => ({ counters: {}, gauges: { limit: Infinity, active: 1 } })
    const odd = { kind: 'bulkhead', name: `a\u0000${'b'.repeat(300)}`, stats, compile: bulkhead().compile }
    bw.pipeline({ operation: `\ud800${'x'.repeat(300)}`, policies: [odd] })
    bw.recordEvent({ type: 'BulkheadSaturated', at: 1, message: 'm'.repeat(3_000) })

    const { policies, events } = bw.collect()

    expect(policies[0]?.name).toBe(`a ${'b'.repeat(188)}`)
    expect(policies[0]?.gauges).toEqual({ active: 1 })
    expect(events[0]?.message).toHaveLength(2_000)
    expect(Object.keys(bw.snapshot().operations)).toEqual([`\ufffd${'x'.repeat(199)}`])
  })
})
