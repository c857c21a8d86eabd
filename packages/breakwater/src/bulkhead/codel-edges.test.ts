import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'

/** What happens at a time: a call comes, or the one that runs ends. */
type Moment = readonly [at: number, what: string]

/** One slot with a target of 20 ms and an interval of 100 ms: who had it, in order, and who was dropped when. */
async function story(moments: readonly Moment[]): Promise<{ started: string[]; dropped: string[] }> {
  const clock = new FakeClock()
  const slots = bulkhead({ order: 'codel', targetMs: 20, intervalMs: 100, limit: 1, queue: 10, clock })
  const started: string[] = []
  const dropped: string[] = []
  let end = (): void => undefined
  const arrive = (name: string): void => {
    const work = (): Promise<void> => {
      started.push(name)
      return new Promise((resolve) => (end = resolve))
    }
    slots.run(work).catch(({ waitedMs }: { waitedMs: number }) => dropped.push(`${name} after ${waitedMs}`))
  }
  for (const [at, what] of moments) {
    await clock.advance(at - clock.now())
    if (what === 'end') end()
    else arrive(what)
    await clock.settle()
  }
  return { started, dropped }
}

const arrivals: readonly Moment[] = ['a', 'b', 'c', 'd', 'e'].map((name) => [0, name])

describe("bulkhead({ order: 'codel' }) at its edges", () => {
  it.each([
    [120, { started: ['a', 'b', 'c'], dropped: [] }],
    [121, { started: ['a', 'b', 'e'], dropped: ['c after 121', 'd after 121'] }],
  ])('takes a line for a standing one after the interval, not before: at %i ms %o', async (at, expected) => {
    expect(await story([...arrivals, [21, 'end'], [at, 'end']])).toEqual(expected)
  })

  it.each([
    [20, ['a', 'b', 'c']],
    [21, ['a', 'b', 'e']],
  ])(
    'a wait of the target is fine, a longer one is not: first freed at %i ms %o have the slot',
    async (at, started) => {
      expect((await story([...arrivals, [at, 'end'], [121, 'end']])).started).toEqual(started)
    },
  )

  it.each([
    [80, ['c after 121', 'late after 41']],
    [81, ['c after 121']],
  ])(
    'drops who waited longer than twice the target: who came at %i ms, of those dropped %o',
    async (at, dropped) => {
      const moments: Moment[] = [
        ...arrivals.slice(0, 3),
        ...([
          [21, 'end'],
          [at, 'late'],
          [100, 'last'],
          [121, 'end'],
        ] as const),
      ]

      expect(await story(moments)).toEqual({ started: ['a', 'b', 'last'], dropped })
    },
  )

  it('begins to count anew when the line ran empty', async () => {
    const moments: Moment[] = [
      [0, 'a'],
      [0, 'b'],
      [21, 'end'],
      [22, 'c'],
      [23, 'd'],
      [121, 'end'],
    ]

    expect(await story(moments)).toEqual({ started: ['a', 'b', 'c'], dropped: [] })
  })

  it('begins to count anew when the oldest had waited no longer than the target', async () => {
    const moments: Moment[] = [
      ...arrivals.slice(0, 3),
      ...([
        [21, 'end'],
        [110, 'd'],
        [111, 'e'],
        [115, 'end'],
        [116, 'end'],
        [117, 'f'],
        [140, 'end'],
      ] as const),
    ]

    expect(await story(moments)).toEqual({ started: ['a', 'b', 'c', 'd', 'e'], dropped: [] })
  })

  it('goes on counting while others come into a line that is not empty', async () => {
    const moments: Moment[] = [...arrivals, [21, 'end'], [60, 'f'], [121, 'end']]

    expect((await story(moments)).started).toEqual(['a', 'b', 'f'])
  })
})
