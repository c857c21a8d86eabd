import { describe, expect, it } from 'vitest'
import type { CallContext } from '../pipeline/call-context.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from './timeout.ts'

describe('context.remainingMs', () => {
  it('is Infinity where no timeout limits the attempt', async () => {
    const line = pipeline({ policies: [retry()] })

    expect(await line.run(({ remainingMs }) => remainingMs)).toBe(Infinity)
  })

  it.each([
    [{ ms: 500 }, { totalMs: 200 }, 200],
    [{ totalMs: 500 }, { ms: 200 }, 200],
    [{ totalMs: 200 }, { ms: 500, track: true }, 200],
    [{ totalMs: 500, track: true }, { ms: 200 }, 200],
    [{ totalMs: 500 }, { ms: 400, propagate: true, remainingMs: () => 200 }, 197],
  ])('with %j around %j is %d: the nearest deadline', async (outer, inner, left) => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [timeout(outer), timeout(inner)], clock })

    expect(await line.run(({ remainingMs }) => remainingMs)).toBe(left)
  })

  it('falls as time goes by, also between the attempts of a call', async () => {
    const clock = new FakeClock()
    const policies = [
      timeout({ totalMs: 1_000 }),
      retry({ backoff: fixed({ delayMs: 50 }) }),
      timeout({ ms: 400 }),
    ]
    const seen: number[] = []
    const work = async (context: CallContext): Promise<void> => {
      seen.push(context.remainingMs)
      await clock.sleep(290)
      seen.push(context.remainingMs)
      if (seen.length < 6) throw new Error('again')
    }
    const ended = pipeline({ policies, clock }).run(work)

    await clock.advance(1_000)
    await ended

    expect(seen).toEqual([400, 110, 400, 110, 320, 30])
  })

  it('is 0 once the timeout has given up and when the call has ended, also when its object serves another call', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [timeout({ ms: 100 })], clock })
    const contexts: CallContext[] = []
    const work = (context: CallContext, ms: number): Promise<void> => {
      contexts.push(context)
      return clock.sleep(ms)
    }
    const cut = line.tryRun((context) => work(context, 150))
    const quick = line.tryRun((context) => work(context, 10))
    await clock.advance(120)
    await Promise.all([cut, quick])
    const next = line.run((context) => work(context, 10))

    const left = contexts.map(({ remainingMs }) => remainingMs)
    await clock.advance(100)
    await next

    expect(left).toEqual([0, 0, 100])
  })
})

describe('context.signal', () => {
  it('that is read first when the call has ended well never aborts, whatever becomes of the next call', async () => {
    const clock = new FakeClock()
    const line = pipeline({ policies: [timeout({ ms: 100 })], clock })
    const contexts: CallContext[] = []
    await line.run((context) => contexts.push(context))
    const cut = line.tryRun(() => clock.sleep(500))
    await clock.settle()

    const signal = contexts[0]?.signal
    await clock.advance(500)

    expect([(await cut).ok, signal?.aborted, contexts[0]?.signal === signal]).toEqual([false, false, true])
  })
})
