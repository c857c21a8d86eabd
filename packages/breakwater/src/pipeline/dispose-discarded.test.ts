import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { disposeDiscarded } from './dispose-discarded.ts'
import { pipeline } from './pipeline.ts'

it('disposeDiscarded() gives the connection of a response back', async () => {
  let reason: unknown = 'not cancelled'
  const body = new ReadableStream({ cancel: (why) => void (reason = why) })

  disposeDiscarded(new Response(body))
  await Promise.resolve()

  expect(reason).toBeUndefined()
})

it('disposeDiscarded() disposes what says how, and survives what throws or rejects at it', async () => {
  const disposed: string[] = []
  const rejecting: PromiseLike<never> = {
    then: (...on) => Promise.reject(new Error('much later')).then(...on),
  }

  disposeDiscarded({ [Symbol.dispose]: () => disposed.push('sync') })
  disposeDiscarded({ [Symbol.asyncDispose]: () => Promise.reject(new Error('later')) })
  disposeDiscarded({
    [Symbol.dispose]: () => {
      throw new Error('now')
    },
  })
  disposeDiscarded({
    get body() {
      throw new Error('getter')
    },
  })
  disposeDiscarded({ [Symbol.dispose]: () => rejecting })
  disposeDiscarded(null)
  disposeDiscarded('text')

  expect(disposed).toEqual(['sync'])
})

it('pipeline() disposes a value that comes after the timeout, once, and never one that the caller got', async () => {
  const clock = new FakeClock()
  const discarded: unknown[] = []
  const limited = pipeline({
    policies: [timeout({ ms: 100 })],
    clock,
    dispose: (value) => discarded.push(value),
  })
  const late = limited.tryRun(() => clock.sleep(150).then(() => 'late'))
  const early = limited.tryRun(() => clock.sleep(50).then(() => 'early'))

  await clock.advance(200)

  expect(await late).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
  expect(await early).toEqual({ ok: true, value: 'early' })
  expect(discarded).toEqual(['late'])
})

it.each<[string, () => unknown]>([
  ['rejects', () => Promise.reject(new Error('later'))],
  [
    'throws',
    () => {
      throw new Error('now')
    },
  ],
])('pipeline() does not mind a dispose of the user that %s', async (_, dispose) => {
  const clock = new FakeClock()
  const limited = pipeline({ policies: [timeout({ ms: 100 })], clock, dispose })
  const late = limited.tryRun(() => clock.sleep(150).then(() => 'late'))

  await clock.advance(200)

  expect(await late).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } })
})
