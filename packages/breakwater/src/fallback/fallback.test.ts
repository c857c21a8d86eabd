import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { pipeline } from '../pipeline/pipeline.ts'
import type { FallbackEvent } from './fallback-events.ts'
import type { Failure } from './failure.ts'
import { fallback } from './fallback.ts'

const broken = new Error('broken')
const fail = (): Promise<never> => Promise.reject(broken)

describe('fallback()', () => {
  it('is not asked about a success', async () => {
    const shelf = fallback(() => 'degraded')

    expect(await pipeline({ policies: [shelf] }).run(() => 'fine')).toBe('fine')
    expect(shelf.used).toBe(0)
  })

  it('is told what failed, of which operation, with which arguments', async () => {
    const failures: Failure[] = []
    const line = pipeline({ operation: 'shelf', policies: [fallback((failure) => failures.push(failure))] })

    await line.wrap((_page: number, _size: number) => fail())(3, 20)

    const facts = {
      error: broken,
      rejection: undefined,
      operation: 'shelf',
      args: [3, 20],
      previousErrors: [],
    }
    expect(failures).toMatchObject([facts])
  })

  it('is told which policy refused', async () => {
    const failures: Failure[] = []
    const slots = bulkhead({ name: 'smtp', limit: 1 })
    slots.tryAcquire()

    await pipeline({ policies: [fallback((failure) => failures.push(failure)), slots] }).run(() => 'fine')

    expect(failures).toMatchObject([
      { error: { code: 'BULKHEAD_FULL' }, rejection: { code: 'BULKHEAD_FULL', policy: 'smtp' }, args: [] },
    ])
  })

  it('answers later', async () => {
    const line = pipeline({ policies: [fallback(() => Promise.resolve('degraded'))] })

    expect(await line.run(fail)).toBe('degraded')
  })

  it('leaves alone what its condition excludes', async () => {
    const shelf = fallback(() => 'degraded', { when: (error) => error !== broken })

    expect(await pipeline({ policies: [shelf] }).tryRun(fail)).toEqual({ ok: false, error: broken })
  })

  it('a condition that throws ends the call with what it threw', async () => {
    const bug = new Error('condition bug')
    const when = (): never => {
      throw bug
    }

    expect(await pipeline({ policies: [fallback(() => 1, { when })] }).tryRun(fail)).toEqual({
      ok: false,
      error: bug,
    })
  })

  it('that fails itself ends the call with its own error, and the one outside may answer', async () => {
    const seen: unknown[] = []
    const outer = fallback(({ error }) => seen.push(error))
    const policies = [outer, fallback(() => Promise.reject(new Error('fallback broke')))]

    const value = await pipeline({ policies }).run(fail)

    expect([value, seen]).toEqual([1, [new Error('fallback broke')]])
  })

  it('reports its use and its failure', async () => {
    const events: FallbackEvent[] = []
    let calls = 0
    const own = new Error('fallback broke')
    const policy = fallback(
      () => {
        if (calls++ > 0) throw own
        return 'degraded'
      },
      { name: 'shelf' },
    )
    policy.on((event) => events.push(event))
    const line = pipeline({ operation: 'list', policies: [policy] })

    await line.tryRun(fail)
    await line.tryRun(fail)

    const names = { policy: 'shelf', operation: 'list', step: '1' }
    expect(events).toEqual([
      { type: 'FallbackUsed', ...names, error: broken },
      { type: 'FallbackFailed', ...names, error: own, original: broken },
    ])
    expect(policy.stats()).toEqual({ counters: { used: 1, failed: 1 }, gauges: {} })
  })

  it('two hundred calls in a row that it answers at once each get their own answer', async () => {
    const line = pipeline({ policies: [fallback(({ args: [id] }) => id)] })
    const ids = Array.from({ length: 200 }, (_, i) => i)

    const answers = await Promise.all(ids.map((id) => line.run(fail, { args: [id] })))

    expect(answers).toEqual(ids)
  })
})
