import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random/seeded-random.ts'
import type { Mishap } from '../../test/node-fixtures/fake-hub.ts'
import { ReporterScene } from '../../test/node-fixtures/reporter-scene.ts'

const mishaps: readonly Mishap[] = ['drop-answer', 'busy', 'deny', 'drop-answer']

describe('createReporter() against a hub that is killed again and again', () => {
  it.each([1, 2, 3])('delivers each count exactly once, seed %i', async (seed) => {
    await using scene = await ReporterScene.start({ maxWaitingReports: 6, random: seededRandom(seed) })
    const chance = seededRandom(seed)
    let counted = 0
    let isUp = true

    for (let round = 0; round < 80; round++) {
      const calls = Math.floor(chance.next() * 10)
      counted += calls
      scene.source.calls += calls
      const dice = chance.next()
      if (dice < 0.15 && isUp) await scene.hub.stop()
      if (dice < 0.15) isUp = false
      if (dice > 0.8 && !isUp) await scene.hub.start()
      if (dice > 0.8) isUp = true
      const mishap = mishaps[Math.floor(chance.next() * 12)]
      if (isUp && mishap !== undefined) scene.hub.mishaps.push(mishap)
      await scene.reporter.flush()
    }
    scene.hub.mishaps.length = 0
    if (!isUp) await scene.hub.start()
    await scene.reporter.flush()

    expect(scene.hub.calls).toBe(counted)
    expect(scene.hub.overlaps).toBe(0)
    expect(scene.hub.reports.map(({ sequence }) => sequence)).toEqual(scene.hub.reports.map((_, i) => i + 1))
  })
})
