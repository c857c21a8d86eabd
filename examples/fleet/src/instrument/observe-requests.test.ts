import { once } from 'node:events'
import { get } from 'node:http'
import { expect, test } from 'vitest'
import { answerPlainly, type Gate } from '../http/exchange.ts'
import { type JsonServer, startJsonServer } from '../http/json-server.ts'
import type { Route } from '../http/route.ts'
import { instrument } from './instrument.ts'
import type { OperationCounts } from './own-counts.ts'
import { observeRequests } from './observe-requests.ts'

const greet: Route = { method: 'GET', path: '/greet/:name', run: () => ({ status: 200, body: 'hello' }) }
const fail: Route = {
  method: 'GET',
  path: '/fail',
  run: () => {
    throw new Error('The shelf is empty')
  },
}

test('observeRequests() counts a request under its route', async () => {
  await using service = await startObserved(answerPlainly)

  await fetch(`${service.url}/greet/ann`)
  await fetch(`${service.url}/greet/bob`)

  expect(service.counts('GET /greet/:name')).toMatchObject({ calls: 2, successes: 2, failures: 0 })
})

test('observeRequests() counts a route that throws as a failure', async () => {
  await using service = await startObserved(answerPlainly)

  const response = await fetch(`${service.url}/fail`)

  expect(response.status).toBe(500)
  expect(service.counts('GET /fail')).toMatchObject({ calls: 1, failures: 1, attemptFailures: 1 })
})

test('observeRequests() counts a request whose caller hangs up as cancelled', async () => {
  await using service = await startObserved(() => service.arrived())

  const request = get(`${service.url}/greet/ann`)
  request.on('error', () => undefined)
  await service.arrival
  request.destroy()
  await expect.poll(() => service.counts('GET /greet/:name')?.calls).toBe(1)

  expect(service.counts('GET /greet/:name')).toMatchObject({ cancellations: 1, failures: 0 })
})

test('observeRequests() does not count a path that does not exist', async () => {
  await using service = await startObserved(answerPlainly)

  const response = await fetch(`${service.url}/nothing`)

  expect(response.status).toBe(404)
  expect(service.operations()).toEqual([])
})

interface Observed extends AsyncDisposable {
  readonly url: string
  readonly counts: (operation: string) => OperationCounts | undefined
  readonly operations: () => readonly string[]
  /** For a gate that answers nothing: notes that a request has come. */
  readonly arrived: () => void
  readonly arrival: Promise<unknown>
}

async function startObserved(pass: Gate): Promise<Observed> {
  const settings = { name: 'test', port: 0, adminPort: 0, hubUrl: null, dataDir: '', seed: 1, peers: {} }
  const instruments = instrument(settings)
  const routes = [greet, fail]
  const bell = new EventTarget()
  const arrival = once(bell, 'arrived')
  const server: JsonServer = await startJsonServer({
    routes,
    gate: observeRequests(routes, pass, instruments),
  })
  return {
    url: server.url,
    counts: (operation) => instruments.counts.operations[operation],
    operations: () => Object.keys(instruments.counts.operations),
    arrived: () => void bell.dispatchEvent(new Event('arrived')),
    arrival,
    [Symbol.asyncDispose]: () => server.close(),
  }
}
