import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { FakeClock, seededRandom } from 'breakwater/testing'
import type { LabFault } from 'breakwater/protocol'
import { expect, test } from 'vitest'
import { type JsonServer, startJsonServer } from '../http/json-server.ts'
import { type FaultGate, faultGate } from './fault-gate.ts'

test('faultGate() lets everything pass while no fault is in force', async () => {
  await using service = await startService()

  const response = await fetch(service.url)

  expect(await response.json()).toEqual({ isServed: true })
})

test('an errors fault answers with its status and the route does not run', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'errors', status: 502 })])

  const response = await fetch(service.url)

  expect(response.status).toBe(502)
  expect(service.served()).toBe(0)
})

test('a reset fault cuts the connection with a TCP RST', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'reset' })])

  const request = get(service.url)
  const [error] = (await once(request, 'error')) as [NodeJS.ErrnoException]

  expect(error.code).toBe('ECONNRESET')
})

test('a latency fault answers when its time is over, not before', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'latency', latencyMs: 2_000 })])

  const response = fetch(service.url)
  await service.untilWaiting()
  const servedBefore = service.served()
  await service.clock.advance(2_000)

  expect(servedBefore).toBe(0)
  expect((await response).status).toBe(200)
})

test('a hang fault takes the request and gives no answer, however long the caller waits', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'hang', durationMs: 600_000 })])
  const caller = new AbortController()

  const response = fetch(service.url, { signal: caller.signal })
  await service.received()
  await service.clock.advance(599_000)
  caller.abort(new Error('gave up'))

  await expect(response).rejects.toThrow('gave up')
  expect(service.served()).toBe(0)
})

test('a trickle fault sends the head at once and then a byte each half second', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'trickle' })])

  const [response] = (await once(get(service.url), 'response')) as [IncomingMessage]
  const [first] = (await once(response, 'data')) as [Buffer]
  await service.untilWaiting()
  const second = once(response, 'data')
  await service.clock.advance(500)

  expect(response.statusCode).toBe(200)
  expect(first.toString()).toBe('{')
  expect(String((await second)[0])).toBe('"')
  response.destroy()
})

test('latency and errors in force together answer late and wrong', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'latency', latencyMs: 300 }), fault({ kind: 'errors' })])

  const response = fetch(service.url)
  await service.untilWaiting()
  await service.clock.advance(300)

  expect((await response).status).toBe(503)
})

test('a fault with a ratio hits that share of the requests', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'errors', ratio: 0.25 })])

  const responses = await Promise.all(Array.from({ length: 200 }, () => fetch(service.url)))
  const hits = responses.filter(({ status }) => status === 503).length

  expect(hits).toBeGreaterThan(30)
  expect(hits).toBeLessThan(70)
})

test('a fault ends at its time although nobody takes it back', async () => {
  await using service = await startService()
  service.gate.set([fault({ kind: 'errors', durationMs: 1_000 })])

  const before = await fetch(service.url)
  await service.clock.advance(1_000)
  const after = await fetch(service.url)

  expect(before.status).toBe(503)
  expect(after.status).toBe(200)
})

const epochMs = 1_800_000_000_000

function fault(parts: Partial<LabFault> & Pick<LabFault, 'kind'>): LabFault {
  const { durationMs = 30_000 } = parts
  return {
    ...{ id: 'f1', target: 'payments', ratio: 1, latencyMs: 2_000, status: 503, durationMs },
    ...{ startedAt: epochMs, endsAt: epochMs + durationMs },
    ...parts,
  }
}

interface TestService extends AsyncDisposable {
  readonly url: string
  readonly gate: FaultGate
  readonly clock: FakeClock
  readonly served: () => number
  /** Resolves when a request has reached the gate. */
  readonly received: () => Promise<void>
  /** Resolves when a fault waits for the clock. */
  readonly untilWaiting: () => Promise<void>
}

async function startService(): Promise<TestService> {
  const clock = new FakeClock({ epochMs })
  const gate = faultGate(clock, seededRandom(1))
  const counts = { served: 0, received: 0 }
  const run = (): { status: number; body: unknown } => {
    counts.served += 1
    return { status: 200, body: { isServed: true } }
  }
  const server: JsonServer = await startJsonServer({
    routes: [{ method: 'GET', path: '/', run }],
    gate: (exchange) => {
      counts.received += 1
      return gate.pass(exchange)
    },
  })
  const settleUntil = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await clock.settle()
  }
  return {
    ...{ url: server.url, gate, clock, served: () => counts.served },
    received: () => settleUntil(() => counts.received > 0),
    untilWaiting: () => settleUntil(() => clock.pending().length > 0),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
