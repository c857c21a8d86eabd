import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EventFacts, FaultFacts } from '../protocol/index.ts'
import { ReporterScene } from '../../test/node-fixtures/reporter-scene.ts'

describe('createReporter() while the hub is away', () => {
  it('keeps each report in a file and sends all when the hub is back, nothing twice', async () => {
    await using scene = await ReporterScene.start()
    await countAndFlush(scene, 1)
    await scene.hub.stop()

    await countAndFlush(scene, 2)
    await countAndFlush(scene, 3)
    const files = readdirSync(join(scene.spoolDir, 'shop', 'i1')).sort()
    await scene.hub.start()
    const isSent = await countAndFlush(scene, 4)

    expect(files).toEqual(['frozen.2.2.2.json', 'owner.json', 'unsent.3.3.2.json'])
    expect(isSent).toBe(true)
    expect(scene.hub.calls).toBe(10)
    expect(scene.hub.reports.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
    expect(scene.hub.overlaps).toBe(0)
  })

  it('repeats a report under its sequence when the answer was lost after it was stored', async () => {
    await using scene = await ReporterScene.start()
    scene.hub.mishaps.push('drop-answer')

    await countAndFlush(scene, 5)
    await countAndFlush(scene, 6)

    expect(scene.hub.bodies).toBe(3)
    expect(scene.hub.calls).toBe(11)
    expect(scene.hub.reports.map(({ sequence }) => sequence)).toEqual([1, 2])
  })

  it('waits as long as Retry-After asks', async () => {
    await using scene = await ReporterScene.start({ intervalMs: 100_000 })
    scene.hub.mishaps.push('busy')
    await countAndFlush(scene, 1)

    scene.source.hurry()
    await scene.clock.advance(1_999)
    const early = scene.hub.bodies
    scene.source.hurry()
    await scene.clock.advance(100)
    await scene.hub.until(() => scene.hub.calls === 1)

    expect(early).toBe(1)
  })

  it('puts a refused report aside, counts it as dropped and goes on', async () => {
    await using scene = await ReporterScene.start()
    scene.hub.mishaps.push('refuse')
    await countAndFlush(scene, 7)

    await countAndFlush(scene, 8)

    const quarantine = join(scene.spoolDir, 'shop', 'quarantine')
    const [name = ''] = readdirSync(quarantine)
    expect(name).toBe('1.i1.1.json')
    expect(readFileSync(join(quarantine, name), 'utf8')).toContain('\\"calls\\":7')
    expect(scene.hub.calls).toBe(8)
    expect(scene.hub.reports[0]?.dropped.reports).toBe(1)
    expect(scene.hub.reports[0]?.events[0]?.type).toBe('FactsDropped')
  })

  it('keeps its reports when the token is denied', async () => {
    await using scene = await ReporterScene.start()
    scene.hub.mishaps.push('deny')
    await countAndFlush(scene, 1)

    const isSent = await scene.reporter.flush()

    expect(isSent).toBe(true)
    expect(scene.hub.calls).toBe(1)
    expect(scene.problems[0]?.kind).toBe('hub-denied')
  })

  it('folds what waits when there are too many reports, and loses no count', async () => {
    await using scene = await ReporterScene.start({ maxWaitingReports: 4 })
    await scene.hub.stop()
    for (let calls = 1; calls <= 20; calls++) await countAndFlush(scene, calls)
    const { waitingReports } = scene.reporter.status()

    await scene.hub.start()
    await scene.reporter.flush()

    expect(waitingReports).toBe(4)
    expect(scene.hub.calls).toBe(210)
    expect(scene.hub.reports.every(({ dropped }) => dropped.reports === 0)).toBe(true)
  })

  it('drops the oldest when folding no longer helps, and counts what it dropped', async () => {
    await using scene = await ReporterScene.start({ maxWaitingBytes: 30_000 })
    await scene.hub.stop()
    for (let i = 0; i < 10; i++) {
      scene.source.faults = [faultFacts(i.toString(16).padStart(16, '0'), 'x'.repeat(5_000))]
      await countAndFlush(scene, 1)
    }
    const { waitingBytes } = scene.reporter.status()

    await scene.hub.start()
    await scene.reporter.flush()
    await scene.reporter.flush()

    const arrived = scene.hub.reports
      .flatMap(({ faults }) => faults)
      .reduce((sum, { count }) => sum + count, 0)
    const dropped = scene.hub.reports.reduce((sum, report) => sum + report.dropped.faultCounts, 0)
    expect(waitingBytes).toBeLessThanOrEqual(30_000)
    expect(dropped).toBeGreaterThan(0)
    expect(arrived + dropped).toBe(20)
    expect(scene.problems.map(({ kind }) => kind)).toContain('facts-dropped')
  })

  it('works in memory alone when there is no spool folder', async () => {
    await using scene = await ReporterScene.start({ spoolDir: false, maxWaitingReports: 3 })
    await scene.hub.stop()
    for (let calls = 1; calls <= 10; calls++) await countAndFlush(scene, calls)

    await scene.hub.start()
    await scene.reporter.flush()

    expect(scene.hub.calls).toBe(55)
  })

  it('goes on in memory when the spool cannot be written', async () => {
    await using scene = await ReporterScene.start({ spoolDir: '/dev/null/nowhere', maxWaitingReports: 3 })
    await scene.hub.stop()
    for (let calls = 1; calls <= 10; calls++) await countAndFlush(scene, calls)
    const { waitingReports } = scene.reporter.status()

    await scene.hub.start()
    await countAndFlush(scene, 5)

    expect(waitingReports).toBe(3)
    expect(scene.hub.calls).toBe(60)
    expect(scene.problems.map(({ kind }) => kind)).toContain('spool-failed')
  })

  it('goes on under a name of its own when another instance took its spool over', async () => {
    await using scene = await ReporterScene.start()
    await scene.hub.stop()
    await countAndFlush(scene, 1)
    await countAndFlush(scene, 2)
    const folder = join(scene.spoolDir, 'shop')
    renameSync(join(folder, 'i1'), join(folder, 'i1@other'))

    await scene.clock.advance(10_000)
    await countAndFlush(scene, 4)
    await scene.hub.start()
    await countAndFlush(scene, 8)

    const names = new Set(scene.hub.reports.map(({ identity }) => identity.instance))
    expect(names).toEqual(new Set(['i1.1']))
    expect(scene.hub.calls).toBe(12)
    expect(scene.hub.reports.map(({ sequence }) => sequence)).toEqual(scene.hub.reports.map((_, i) => i + 1))
  })

  it('says each kind of problem once in half a minute, with the number untold', async () => {
    await using scene = await ReporterScene.start()
    await scene.hub.stop()
    await scene.reporter.flush()
    await scene.reporter.flush()
    await scene.reporter.flush()

    await scene.clock.advance(30_000)
    await scene.reporter.flush()

    const away = scene.problems.filter(({ kind }) => kind === 'hub-away')
    expect(away.length).toBe(2)
    expect(away[1]?.untold).toBeGreaterThanOrEqual(2)
  })
})

/** Counts calls and reports them; whether the hub has all. */
function countAndFlush(scene: ReporterScene, calls: number): Promise<boolean> {
  scene.source.calls = calls
  return scene.reporter.flush()
}

function faultFacts(fingerprint: string, message: string): FaultFacts {
  const event: EventFacts = { type: 'CircuitOpened', at: 1, message }
  return {
    fingerprint,
    groupedBy: 'type + message',
    name: 'Error',
    message: event.message,
    culprit: '',
    category: 'technical/system',
    severity: 'high',
    retryability: 'retryable',
    count: 2,
    operations: { pay: 2 },
    firstAt: 1,
    lastAt: 2,
    exemplars: [],
  }
}
