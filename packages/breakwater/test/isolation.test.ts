import { expect, it } from 'vitest'
import { bulkhead } from '../src/bulkhead/bulkhead.ts'
import { pipeline } from '../src/pipeline/pipeline.ts'
import { FakeClock } from '../src/testing/fake-clock.ts'
import { timeout } from '../src/timeout/timeout.ts'

/** What became of a call: how long it took when it was answered. */
type End = number | 'failed'

/** Two dependencies of a process with 20 slots, one of which hangs; the calls of the other, one each 10 ms for 20 s. */
async function callsBesideOneThatHangs(isParted: boolean): Promise<readonly End[]> {
  const clock = new FakeClock()
  const all = bulkhead({ name: 'all', limit: 20, clock })
  const slots = (name: string) => (isParted ? bulkhead({ name, limit: 10, clock }) : all)
  const line = (name: string) =>
    pipeline({ operation: name, policies: [slots(name), timeout({ ms: 5_000 })], clock })
  const [ill, well] = [line('ill'), line('well')]
  const ends: End[] = []
  for (let i = 0; i < 2_000; i++) {
    const since = clock.now()
    void ill.tryRun(() => new Promise(() => undefined))
    void well.tryRun(() => clock.sleep(50)).then(({ ok }) => ends.push(ok ? clock.now() - since : 'failed'))
    await clock.advance(10)
  }
  await clock.advance(10_000)
  return ends
}

it('a dependency that hangs takes no slot of another that has its own: all 2,000 calls take their 50 ms', async () => {
  const ends = await callsBesideOneThatHangs(true)

  expect([ends.length, ends.filter((end) => end !== 50)]).toEqual([2_000, []])
})

it('in one bulkhead with it the other fails, once all slots hang', async () => {
  const ends = await callsBesideOneThatHangs(false)

  expect(ends.filter((end) => end === 'failed').length).toBeGreaterThan(1_900)
})
