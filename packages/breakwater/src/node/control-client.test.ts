import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nextMacrotask } from '../clock/macrotask.ts'
import type { ControlState } from '../protocol/index.ts'
import { ReporterScene } from '../../test/node-fixtures/reporter-scene.ts'
import { FakeSource } from '../../test/node-fixtures/fake-source.ts'
import { createReporter } from './reporter.ts'

const forcedOpen: ControlState = {
  revision: 5,
  overrides: [
    { service: 'shop', policy: 'stripe', mode: 'forced-open', reason: 'maintenance', by: 'ada', at: 1 },
  ],
}

describe('ControlClient', () => {
  it('obeys the state that each connection begins with, and the later ones', async () => {
    await using scene = await ReporterScene.start({ control: true })
    await applied(scene, 1)

    scene.hub.push(forcedOpen)
    await applied(scene, 2)

    expect(scene.source.applied).toEqual([{ revision: 0, overrides: [] }, forcedOpen])
  })

  it('ignores an older state within a connection', async () => {
    await using scene = await ReporterScene.start({ control: true })
    await applied(scene, 1)
    scene.hub.push(forcedOpen)
    await applied(scene, 2)

    scene.hub.push({ revision: 4, overrides: [] })
    scene.hub.push({ revision: 6, overrides: [] })
    await applied(scene, 3)

    expect(scene.source.applied.map(({ revision }) => revision)).toEqual([0, 5, 6])
  })

  it('obeys a hub that lost its data and starts again at revision 0', async () => {
    await using scene = await ReporterScene.start({ control: true })
    await applied(scene, 1)
    scene.hub.push(forcedOpen)
    await applied(scene, 2)

    await scene.hub.stop()
    scene.hub.control = { revision: 0, overrides: [] }
    await scene.hub.start()
    await reconnected(scene, 3)

    expect(scene.source.applied.at(-1)).toEqual({ revision: 0, overrides: [] })
  })

  it('obeys the last state from the disk at once when the hub is away', async () => {
    await using scene = await ReporterScene.start()
    const folder = join(scene.spoolDir, 'shop')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'control.json'), JSON.stringify(forcedOpen))
    const source = new FakeSource('i2')

    const reporter = createReporter({
      source,
      hub: { url: 'http://127.0.0.1:9' },
      spoolDir: scene.spoolDir,
      clock: scene.clock,
      crashGuard: false,
    })

    expect(source.applied).toEqual([forcedOpen])
    await reporter.close()
  })

  it('keeps the last state on the disk', async () => {
    await using scene = await ReporterScene.start({ control: true })
    const file = join(scene.spoolDir, 'shop', 'control.json')
    await applied(scene, 1)

    scene.hub.push(forcedOpen)
    await turnUntil(() => readOrEmpty(file).includes('maintenance'))

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(forcedOpen)
  })

  it('drops a connection that was silent for 45 s, and connects again', async () => {
    await using scene = await ReporterScene.start({ control: true, intervalMs: 10_000_000 })
    await applied(scene, 1)

    await scene.clock.advance(45_000)
    await turnUntil(() => scene.hub.listeners === 0)
    await reconnected(scene, 2)

    expect(scene.hub.listeners).toBe(1)
  })

  it('ignores what is no control state', async () => {
    await using scene = await ReporterScene.start({ control: true })
    await applied(scene, 1)

    scene.hub.push(JSON.parse('{"revision":7,"overrides":[{"policy":1}]}') as ControlState)
    scene.hub.push({ revision: 8, overrides: [] })
    await applied(scene, 2)

    expect(scene.source.applied.map(({ revision }) => revision)).toEqual([0, 8])
  })
})

function applied(scene: ReporterScene, count: number): Promise<void> {
  return turnUntil(() => scene.source.applied.length >= count)
}

/** As {@link applied}, while the clock goes on in small steps, so that waits between connections end. */
async function reconnected(scene: ReporterScene, count: number): Promise<void> {
  while (scene.source.applied.length < count) await scene.clock.advance(50)
}

/** Lets the event loop turn until the condition holds. */
async function turnUntil(isMet: () => boolean): Promise<void> {
  while (!isMet()) await nextMacrotask()
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
