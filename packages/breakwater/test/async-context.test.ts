import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { coalescing } from '../src/coalescing/coalescing.ts'
import { concurrencyLimiter } from '../src/concurrency-limiter/concurrency-limiter.ts'
import { fallback } from '../src/fallback/fallback.ts'
import { hedge } from '../src/hedge/hedge.ts'
import { type Pipeline, pipeline, type PipelineOptions } from '../src/pipeline/pipeline.ts'
import type { Policy } from '../src/pipeline/policy.ts'
import { rateLimiter } from '../src/rate-limiter/rate-limiter.ts'
import { fixed } from '../src/retry/backoff.ts'
import { retry } from '../src/retry/retry.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { timeout } from '../src/timeout/timeout.ts'

type Settings = Omit<PipelineOptions<readonly Policy<unknown>[]>, 'policies'>

/** Calls of several requests through one pipeline; each run of the work notes in whose request it is. */
class Requests {
  readonly clock = new FakeClock()
  readonly seen: string[] = []
  readonly storage = new AsyncLocalStorage<string>()
  readonly #line: Pipeline<unknown>

  constructor(policiesOf: (clock: FakeClock) => readonly Policy<unknown>[], settings: Settings = {}) {
    this.#line = pipeline({ ...settings, policies: policiesOf(this.clock), clock: this.clock })
  }

  /** A request whose work takes so long, attempt by attempt. */
  start(name: string, ...workMs: readonly number[]): AbortController {
    const caller = new AbortController()
    const work = async ({ attempt }: { attempt: number }): Promise<void> => {
      this.note(name)
      await this.clock.sleep(workMs[attempt] ?? 1)
    }
    const options = { signal: caller.signal, key: 'same' }
    this.storage.run(name, () => void this.#line.run(work, options).catch(() => undefined))
    return caller
  }

  note(name: string): void {
    this.seen.push(`${name} in ${this.storage.getStore() ?? 'nothing'}`)
  }
}

describe('the asynchronous context of work', () => {
  it.each<[string, (clock: FakeClock) => Policy<unknown>]>([
    ['bulkhead', () => bulkhead({ limit: 1, queue: 5 })],
    ['concurrency limiter', (clock) => concurrencyLimiter({ initialLimit: 1, maxLimit: 1, queue: 5, clock })],
    ['rate limiter', (clock) => rateLimiter({ limit: 1, intervalMs: 20, queue: 5, clock })],
  ])('is that of its caller, whoever frees its place in a %s', async (_, policyOf) => {
    const requests = new Requests((clock) => [policyOf(clock)])
    requests.start('a')
    requests.start('b')
    requests.start('c')

    await requests.clock.advance(100)

    expect(requests.seen).toEqual(['a in a', 'b in b', 'c in c'])
  })

  it('is that of its caller when a shared run is taken over from one that left', async () => {
    const requests = new Requests(() => [coalescing({}), bulkhead({ limit: 1, queue: 5 })])
    requests.start('busy', 10)
    await requests.clock.settle()

    const first = requests.start('a', 10)
    requests.start('b', 10)
    first.abort()
    await requests.clock.advance(100)

    expect(requests.seen.map((line) => line.split(' in ')).filter(([name, at]) => name !== at)).toEqual([])
  })

  it('is that of its caller in each attempt, after failures and waits', async () => {
    const requests = new Requests(() => [])
    const { storage, clock } = requests
    const line = pipeline({ policies: [retry({ maxRetries: 1, backoff: fixed({ delayMs: 5 }) })], clock })
    const fail = (name: string): Promise<never> => {
      requests.note(name)
      return Promise.reject(new Error('no'))
    }
    storage.run('a', () => void line.tryRun(() => fail('a')))
    storage.run('b', () => void line.tryRun(() => fail('b')))

    await clock.advance(100)

    expect(requests.seen).toEqual(['a in a', 'b in b', 'a in a', 'b in b'])
  })

  it('is that of its caller for a hedge', async () => {
    const requests = new Requests(() => [hedge({ delay: 10 })])
    requests.start('a', 50)
    requests.start('b', 50)

    await requests.clock.advance(100)

    expect(requests.seen).toEqual(['a in a', 'b in b', 'a in a', 'b in b'])
  })

  it('is that of its caller after a timeout too, with keepContext', async () => {
    const again = retry({ maxRetries: 1, backoff: fixed({ delayMs: 5 }) })
    const requests = new Requests(() => [again, timeout({ ms: 10 })], { keepContext: true })
    requests.start('a', 100, 1)
    requests.start('b', 100, 1)

    await requests.clock.advance(100)

    expect(requests.seen).toEqual(['a in a', 'b in b', 'a in a', 'b in b'])
  })

  it('is that of its caller for a fallback after a timeout, with keepContext', async () => {
    const requests: Requests = new Requests(
      () => [fallback(() => requests.note('instead')), timeout({ ms: 10 })],
      { keepContext: true },
    )
    requests.start('a', 100)

    await requests.clock.advance(100)

    expect(requests.seen).toEqual(['a in a', 'instead in a'])
  })

  it('is kept by no call that has ended', async () => {
    const requests = new Requests(() => [bulkhead({ limit: 1, queue: 1 })])
    requests.start('a', 10)
    requests.start('b', 10)
    await requests.clock.advance(100)

    requests.start('c', 10)
    await requests.clock.advance(100)

    expect(requests.seen).toEqual(['a in a', 'b in b', 'c in c'])
  })
})
