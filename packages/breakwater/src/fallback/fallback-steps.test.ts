import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { isBulkheadFullError } from '../bulkhead/bulkhead-errors.ts'
import { cache } from '../cache/cache.ts'
import { hedge } from '../hedge/hedge.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import { createRuntime } from '../runtime/runtime.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Failure } from './failure.ts'
import type { FallbackEvent } from './fallback-events.ts'
import { fallback } from './fallback.ts'

const broken = new Error('broken')
const fail = (): Promise<never> => Promise.reject(broken)

describe('fallback() with several steps', () => {
  it('asks the next when one rejects later, and tells it what each before it threw', async () => {
    const clock = new FakeClock()
    const seen: unknown[] = []
    const late = (word: string) => async (): Promise<never> => {
      await clock.sleep(10)
      throw new Error(word)
    }
    const last = ({ previousErrors }: Failure): string => {
      seen.push(...previousErrors)
      return 'shelf'
    }
    const call = pipeline({ policies: [fallback([late('one'), late('two'), last])], clock }).run(fail)
    await clock.advance(20)

    expect(await call).toBe('shelf')
    expect(seen).toEqual([new Error('one'), new Error('two')])
  })

  it('does not ask the steps after the one that answered', async () => {
    const asked: string[] = []
    const step = (name: string) => (): number => asked.push(name)
    const policy = fallback([step('one'), step('two')])

    await pipeline({ policies: [policy] }).run(fail)

    expect(asked).toEqual(['one'])
    expect([policy.used, policy.failedToo]).toEqual([1, 0])
  })

  it('does not ask a step again whose condition let it pass, nor one before it', async () => {
    const asked: string[] = []
    const step = (name: string) => (): never => {
      asked.push(name)
      throw new Error(name)
    }
    const steps = [{ when: () => false, answer: step('never') }, step('one'), step('two')]

    await pipeline({ policies: [fallback(steps)] }).tryRun(fail)

    expect(asked).toEqual(['one', 'two'])
  })

  it('gives each condition what the call failed with, also after a step has failed', async () => {
    const asked: unknown[] = []
    const when = (error: unknown): boolean => asked.push(error) > 0
    const boom = (): never => {
      throw new Error('step')
    }
    const steps = [
      { when, answer: boom },
      { when, answer: () => 'shelf' },
    ]

    expect(await pipeline({ policies: [fallback(steps)] }).run(fail)).toBe('shelf')
    expect(asked).toEqual([broken, broken])
  })

  it('ends the call with what a later condition throws', async () => {
    const bug = new Error('condition bug')
    const when = (): never => {
      throw bug
    }
    const steps = [fail, { when, answer: () => 'shelf' }]

    expect(await pipeline({ policies: [fallback(steps)] }).tryRun(fail)).toEqual({ ok: false, error: bug })
  })

  it('ends the call with what the last step threw when those after it are for other errors', async () => {
    const own = new Error('step')
    const steps = [() => Promise.reject(own), { when: () => false, answer: () => 'shelf' }]

    expect(await pipeline({ policies: [fallback(steps)] }).tryRun(fail)).toEqual({ ok: false, error: own })
  })
})

describe('fallback() of a call that the caller aborts while a step is asked', () => {
  it('aborts the signal of the step with the reason, and asks no other', async () => {
    const controller = new AbortController()
    const events: FallbackEvent[] = []
    const asked: string[] = []
    let reason: unknown
    const slow = ({ signal }: Failure): Promise<never> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason
          reject(new Error('stopped'))
        })
      })
    const policy = fallback([slow, () => asked.push('two')], { onEvent: (event) => events.push(event) })
    const call = pipeline({ policies: [policy] }).tryRun(fail, { signal: controller.signal })
    await new FakeClock().settle()
    controller.abort('enough')
    const outcome = await call
    await new FakeClock().settle()

    expect(outcome).toEqual({ ok: false, error: 'enough' })
    expect([reason, asked, events]).toEqual(['enough', [], []])
    expect([policy.used, policy.failedToo]).toEqual([0, 0])
  })

  it('gives a step that asks for its signal only later one that is aborted already', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const signals: AbortSignal[] = []
    const policy = fallback(async (failure) => {
      await clock.sleep(10)
      signals.push(failure.signal, failure.signal)
    })
    const call = pipeline({ policies: [policy], clock }).tryRun(fail, { signal: controller.signal })
    await clock.settle()
    controller.abort('enough')
    await clock.advance(10)

    expect(await call).toEqual({ ok: false, error: 'enough' })
    expect(signals[0]).toMatchObject({ aborted: true, reason: 'enough' })
    expect(signals[1]).toBe(signals[0])
  })

  it('counts and reports no answer that comes too late', async () => {
    const clock = new FakeClock()
    const controller = new AbortController()
    const events: FallbackEvent[] = []
    const policy = fallback(() => clock.sleep(10), { onEvent: (event) => events.push(event) })
    const call = pipeline({ policies: [policy], clock }).tryRun(fail, { signal: controller.signal })
    await clock.settle()
    controller.abort('enough')
    await clock.advance(10)
    await call

    expect([policy.used, events]).toEqual([0, []])
  })
})

describe('fallback()', () => {
  it('gives a signal that is not aborted while the call goes on', async () => {
    const signals: AbortSignal[] = []
    const line = pipeline({ policies: [fallback(({ signal }) => signals.push(signal, signal))] })

    await line.run(fail)

    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
    expect(signals[1]).toBe(signals[0])
  })

  it('makes the error of a refusal once for all who read it', async () => {
    const slots = bulkhead({ limit: 1 })
    slots.tryAcquire()
    const errors: unknown[] = []
    const when = (error: unknown): boolean => errors.push(error) > 0
    const shelf = fallback(({ error }) => errors.push(error), { when })

    await pipeline({ policies: [shelf, slots] }).run(() => 'fine')

    expect(errors.map(isBulkheadFullError)).toEqual([true, true])
    expect(errors[1]).toBe(errors[0])
  })

  it('does not answer a call that the caller aborts', async () => {
    const controller = new AbortController()
    const policy = fallback(() => 'shelf')
    const clock = new FakeClock()
    const call = pipeline({ policies: [policy], clock }).tryRun(() => clock.sleep(10), {
      signal: controller.signal,
    })
    controller.abort('enough')
    await clock.advance(10)

    expect(await call).toEqual({ ok: false, error: 'enough' })
    expect(policy.used).toBe(0)
  })

  it('does not answer a call that the caller aborts while an attempt of a hedge starts', async () => {
    const controller = new AbortController()
    const policy = fallback(() => 'shelf')
    const keyOf = (): string => {
      controller.abort('enough')
      return 'key'
    }
    const clock = new FakeClock()
    const line = pipeline({ policies: [policy, hedge({ delay: 10 }), cache({ keyOf })], clock })

    const outcome = await line.tryRun(() => 1, { signal: controller.signal })

    expect(outcome).toEqual({ ok: false, error: 'enough' })
    expect(policy.used).toBe(0)
  })

  it('is marked as who spared the user, unless it failed itself', async () => {
    const bw = createRuntime({ service: 'shop', clock: new FakeClock() })
    let isAway = false
    const shelf = fallback(() => (isAway ? fail() : 'shelf'))
    const line = bw.pipeline({ operation: 'list', policies: [shelf] })
    await line.run(fail)
    isAway = true
    await line.tryRun(fail)

    expect(bw.collect().operations[0]).toMatchObject({
      calls: 2,
      successes: 1,
      failures: 1,
      sparedByFallback: 1,
    })
  })
})
