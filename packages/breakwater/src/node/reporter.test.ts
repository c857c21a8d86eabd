import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FakeSource } from '../../test/node-fixtures/fake-source.ts'
import { ReporterScene } from '../../test/node-fixtures/reporter-scene.ts'
import { createReporter } from './reporter.ts'

describe('createReporter()', () => {
  it('sends one report a second', async () => {
    await using scene = await ReporterScene.start()
    scene.source.calls = 3

    await scene.clock.advance(1_000)
    await scene.hub.until(() => scene.hub.reports.length === 1)
    await scene.clock.advance(1_000)
    await scene.hub.until(() => scene.hub.reports.length === 2)

    expect(scene.hub.calls).toBe(3)
    expect(scene.hub.reports.map(({ sequence }) => sequence)).toEqual([1, 2])
  })

  it('sends nothing before the interval is over', async () => {
    await using scene = await ReporterScene.start()

    await scene.clock.advance(999)

    expect(scene.reporter.status().waitingReports).toBe(0)
    expect(scene.hub.bodies).toBe(0)
  })

  it('reports within the urgent delay when something is urgent', async () => {
    await using scene = await ReporterScene.start({ urgentMs: 20 })
    scene.source.calls = 1

    scene.source.hurry()
    await scene.clock.advance(20)
    await scene.hub.until(() => scene.hub.calls === 1)

    expect(scene.clock.now()).toBe(20)
  })

  it('keeps the spacing between urgent reports', async () => {
    await using scene = await ReporterScene.start({ urgentMs: 20, spacingMs: 100 })
    scene.source.hurry()
    await scene.clock.advance(20)
    await scene.hub.until(() => scene.hub.reports.length === 1)

    scene.source.hurry()
    await scene.clock.advance(99)
    const early = scene.source.collections
    await scene.clock.advance(1)
    await scene.hub.until(() => scene.hub.reports.length === 2)

    expect(early).toBe(1)
  })

  it('goes on after a source that throws, and says so', async () => {
    await using scene = await ReporterScene.start()
    const collect = scene.source.collect.bind(scene.source)
    scene.source.collect = () => {
      throw new Error('broken source')
    }
    await scene.reporter.flush()

    scene.source.collect = collect
    scene.source.calls = 1
    await scene.reporter.flush()

    expect(scene.hub.calls).toBe(1)
    expect(scene.problems.map(({ kind }) => kind)).toEqual(['source-failed'])
  })

  it('splits facts that are too large for one report and loses no count', async () => {
    await using scene = await ReporterScene.start()
    const latency = { sumMs: 1, maxMs: 1, buckets: Array.from({ length: 1_600 }, (_, i) => i) }
    const collect = scene.source.collect.bind(scene.source)
    scene.source.collect = () => {
      const facts = collect()
      scene.source.collect = collect
      const [operation] = facts.operations
      if (operation === undefined) return facts
      const operations = Array.from({ length: 300 }, (_, i) => ({
        ...operation,
        operation: `o${String(i)}`,
        latency,
      }))
      return { ...facts, operations }
    }
    scene.source.calls = 2

    const isSent = await scene.reporter.flush()

    expect(isSent).toBe(true)
    expect(scene.hub.reports.length).toBeGreaterThan(1)
    expect(scene.hub.calls).toBe(600)
  })

  it('rejects an option that makes no sense, by name and value', () => {
    const source = new FakeSource('i1')

    expect(() => createReporter({ source, hub: { url: 'ftp://hub' } })).toThrow(
      "Cannot create reporter as 'hub.url' must be an http or https URL: current value is 'ftp://hub'",
    )
    expect(() => createReporter({ source, hub: { url: 'http://hub' }, intervalMs: 9 })).toThrow(
      "Cannot create reporter as 'intervalMs' must be a number >= 10: current value is 9",
    )
  })
})

describe('Reporter.close()', () => {
  it('sends what is left as the final report and leaves no spool', async () => {
    await using scene = await ReporterScene.start()
    scene.source.calls = 4

    await scene.reporter.close()

    expect(scene.hub.calls).toBe(4)
    expect(scene.hub.reports.at(-1)?.final).toBe(true)
    expect(existsSync(join(scene.spoolDir, 'shop', 'i1'))).toBe(false)
  })

  it('ends at its bound when the hub hangs, and keeps the report on disk', async () => {
    await using scene = await ReporterScene.start({ closeMs: 2_000, timeoutMs: 60_000 })
    scene.hub.mishaps.push('hang')
    scene.source.calls = 4

    const closed = scene.reporter.close()
    await scene.hub.until(() => scene.hub.bodies === 1)
    await scene.clock.advance(2_000)
    await closed

    expect(existsSync(join(scene.spoolDir, 'shop', 'i1', 'frozen.1.1.1.json'))).toBe(true)
  })

  it('does the same thing once when called twice', async () => {
    await using scene = await ReporterScene.start()

    await Promise.all([scene.reporter.close(), scene.reporter.close()])

    expect(scene.hub.reports.length).toBe(1)
  })
})
