import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { cache } from '../cache/cache.ts'
import { coalescing } from '../coalescing/coalescing.ts'
import { seededRandom } from '../random/seeded-random.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { TimeoutOptions } from '../timeout/timeout-options.ts'
import { timeout } from '../timeout/timeout.ts'
import { contextFromHeaders, deadlineHeader, headersFromContext } from './context-headers.ts'
import { createRuntime } from './node-runtime.ts'

/** `headers` are those of a call that goes out now. */
type Work = (signal: AbortSignal, headers: () => Record<string, string>) => Promise<string>

/** A service of its own clock: it does its work under one timeout, for as long as its caller waits. */
class Service {
  readonly clock = new FakeClock()
  /** What the requests that came in said about the time left. */
  readonly told: unknown[] = []
  /** Resolves when the work of a request has begun. */
  readonly isBusy: Promise<void>
  #begun: () => void = () => undefined
  readonly #server: Server

  constructor(limit: TimeoutOptions, work: Work) {
    this.isBusy = new Promise((resolve) => (this.#begun = resolve))
    const bw = createRuntime({ service: 'test', clock: this.clock })
    const policies = [retry({ maxRetries: 2, backoff: fixed({ delayMs: 10 }) }), timeout(limit)]
    const line = bw.pipeline({ operation: 'work', policies })
    const options = { random: { next: () => 0.5 }, now: () => this.clock.now() }
    this.#server = createServer((request, response) => {
      this.told.push(request.headers[deadlineHeader])
      const answer = async (): Promise<void> => {
        const outcome = await line.tryRun(({ signal }) => {
          this.#begun()
          return work(signal, () => headersFromContext(bw.context.get(), options))
        })
        const error = outcome.ok ? undefined : (outcome.error as { code?: string })
        response.end(outcome.ok ? outcome.value : String(error?.code))
      }
      void bw.context.run(contextFromHeaders(request.headers, options), answer)
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

const open: Service[] = []
async function start(limit: TimeoutOptions, work: Work): Promise<[Service, string]> {
  const service = new Service(limit, work)
  open.push(service)
  return [service, await service.listen()]
}

afterEach(() => {
  for (const service of open.splice(0)) service.close()
})

const ask = async (url: string, headers: Record<string, string>, signal?: AbortSignal): Promise<string> =>
  (await fetch(url, { headers, ...(signal !== undefined && { signal }) })).text()
const hang: Work = () => new Promise(() => undefined)
const halfMinute = { ms: 30_000 }

describe('createRuntime() pipelines between servers', () => {
  it('give each service what is left, and end the innermost work when the first caller is gone', async () => {
    const [inner, innerUrl] = await start(halfMinute, hang)
    const [middle, middleUrl] = await start(halfMinute, async (signal, headers) => {
      await middle.clock.advance(150)
      return ask(innerUrl, headers(), signal)
    })
    const [outer, outerUrl] = await start(halfMinute, async (signal, headers) => {
      await outer.clock.advance(100)
      return ask(middleUrl, headers(), signal)
    })
    const answer = ask(outerUrl, { [deadlineHeader]: '500' })
    await inner.isBusy

    await inner.clock.advance(1_000)

    expect(await answer).toBe('TIMEOUT')
    expect([outer.told, middle.told, inner.told]).toEqual([['500'], ['400'], ['250']])
    inner.clock.expectIdle()
  })

  it.each<[string, TimeoutOptions, Record<string, string>]>([
    ['of a call without a deadline', halfMinute, {}],
    ['that does not propagate', { ...halfMinute, propagate: false }, { [deadlineHeader]: '500' }],
    ['of a call with more time left', halfMinute, { [deadlineHeader]: '40000' }],
  ])('keep the own limit %s', async (_, limit, headers) => {
    const [service, url] = await start(limit, hang)
    const answer = ask(url, headers)
    await service.isBusy
    await service.clock.advance(29_999)
    const before = service.clock.pending()

    await service.clock.advance(100_000)

    expect([before, await answer]).toEqual([[1], 'TIMEOUT'])
  })

  it('do not begin work for a caller who is gone', async () => {
    const [service, url] = await start(halfMinute, () => Promise.resolve('done'))

    const answers = [await ask(url, { [deadlineHeader]: '0' }), await ask(url, { [deadlineHeader]: '5' })]

    expect(answers).toEqual(['DEADLINE_EXCEEDED', 'done'])
    service.clock.expectIdle()
  })

  it('keep apart the deadlines of calls that wait for each other', async () => {
    const clock = new FakeClock()
    const bw = createRuntime({ service: 'test', clock })
    const slots = bw.bulkhead('slots', { limit: 1, queue: 5 })
    const line = bw.pipeline({ operation: 'work', policies: [slots, timeout(halfMinute)] })
    const request = (deadlineAt: number | undefined, workMs: number): Promise<unknown> =>
      bw.context.run(deadlineAt === undefined ? {} : { deadlineAt }, async () => {
        const outcome = await line.tryRun(() => clock.sleep(workMs))
        return outcome.ok ? 'done' : (outcome.error as { code?: string }).code
      })
    const ends = [request(100, 50), request(undefined, 2_000), request(3_000, 1_000), request(60, 1)]

    await clock.advance(10_000)

    expect(await Promise.all(ends)).toEqual(['done', 'done', 'TIMEOUT', 'DEADLINE_EXCEEDED'])
  })

  it.each([
    ['its own deadline', halfMinute, ['TIMEOUT', 'done']],
    ["nobody's, with `propagate: false`", { ...halfMinute, propagate: false }, ['done', 'done']],
  ])('hold each of the calls that share a run to %s', async (_, limit, expected) => {
    const clock = new FakeClock()
    const bw = createRuntime({ service: 'test', clock })
    const policies = [coalescing(), timeout(limit)]
    const line = bw.pipeline({ operation: 'work', policies })
    const request = (deadlineAt: number): Promise<unknown> =>
      bw.context.run({ deadlineAt }, async () => {
        const outcome = await line.tryRun(() => clock.sleep(200), { key: 'same' })
        return outcome.ok ? 'done' : (outcome.error as { code?: string }).code
      })
    const ends = [request(100), request(10_000)]

    await clock.advance(1_000)

    expect(await Promise.all(ends)).toEqual(expected)
  })

  it('let what is fetched behind a cached answer take its time, downstream as well', async () => {
    const clock = new FakeClock()
    const bw = createRuntime({ service: 'test', clock })
    const answers = cache({ ttlMs: 10, staleWhileRevalidateMs: 10_000, keyOf: () => 'a' })
    const line = bw.pipeline({ operation: 'work', policies: [answers, timeout(halfMinute)] })
    const sent: unknown[] = []
    const load = async (): Promise<string> => {
      sent.push(
        headersFromContext(bw.context.get(), { now: () => clock.now(), random: seededRandom(1) })[
          deadlineHeader
        ],
      )
      await clock.sleep(200)
      return 'new'
    }
    await line.run(() => 'old')
    await clock.advance(20)
    const given = await bw.context.run({ deadlineAt: clock.now() + 50 }, () => line.run(load))
    await clock.advance(1_000)

    expect([given, answers.peek('work', 'a')?.value, sent]).toEqual(['old', 'new', [undefined]])
  })
})
