import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextMacrotask } from '../clock/macrotask.ts'
import { FakeHub } from '../../test/node-fixtures/fake-hub.ts'
import { FakeSource } from '../../test/node-fixtures/fake-source.ts'
import { type ChildOrder, ReportingChild } from '../../test/node-fixtures/run-child.ts'
import { createReporter } from './reporter.ts'

const nowhere = 'http://127.0.0.1:9'
let hub: FakeHub
let spoolDir: string

beforeEach(async () => {
  hub = await new FakeHub().start()
  spoolDir = mkdtempSync(join(tmpdir(), 'breakwater-crash-'))
})

afterEach(async () => {
  await hub.stop()
  rmSync(spoolDir, { recursive: true, force: true })
})

describe('createReporter() when the process dies', () => {
  it('writes facts and crash down for an uncaught error, and the next start ships them', async () => {
    const child = await startChild({ ending: 'throw' })
    const { code } = await child.end()

    await runSuccessor()

    const fault = hub.reports.flatMap(({ faults }) => faults)[0]
    expect(code).toBe(1)
    expect(child.stderr).toContain('Cannot charge order 4711')
    expect(hub.calls).toBe(7)
    expect(fault).toMatchObject({ name: 'Error', severity: 'fatal', count: 1 })
    expect(fault?.exemplars[0]).toMatchObject({
      crash: true,
      context: { origin: 'uncaughtException' },
      error: { code: 'E_CHARGE' },
    })
    expect(fault?.exemplars[0]?.error.message).toBe('Cannot charge order 4711, password=[redacted]')
    expect(hub.reports.flatMap(({ events }) => events)[0]?.type).toBe('ServiceCrashed')
    expect(hub.reports.every(({ identity }) => ['first', 'second'].includes(identity.instance))).toBe(true)
  })

  it('does the same for a rejection that nobody handles', async () => {
    const child = await startChild({ ending: 'reject' })
    const { code } = await child.end()

    await runSuccessor()

    const fault = hub.reports.flatMap(({ faults }) => faults)[0]
    expect(code).toBe(1)
    expect(fault?.name).toBe('TypeError')
    expect(fault?.exemplars[0]?.context).toEqual({ origin: 'unhandledRejection' })
  })

  it('counts a fault but no crash when the application catches the error itself', async () => {
    const child = await startChild({ ending: 'survive' })
    const { code } = await child.end()

    await runSuccessor()

    const fault = hub.reports.flatMap(({ faults }) => faults)[0]
    expect(code).toBe(3)
    expect(fault?.severity).not.toBe('fatal')
    expect(hub.reports.flatMap(({ events }) => events)).toEqual([])
  })

  it('writes down what was not sent at process.exit(), and keeps the exit code', async () => {
    const child = await startChild({ ending: 'exit' })
    const { code } = await child.end()

    await runSuccessor()

    expect(code).toBe(7)
    expect(hub.calls).toBe(7)
  })

  it('does not keep an idle process alive, neither when the hub hangs', async () => {
    hub.mishaps.push('hang')
    const child = await startChild({ hubUrl: hub.url, ending: 'idle' })
    await hub.until(() => hub.bodies === 1)

    const { code } = await child.end()

    expect(code).toBe(0)
  })

  it('repeats a report that was in flight when the process died, and it is counted once', async () => {
    hub.mishaps.push('drop-answer')
    const child = await startChild({ hubUrl: hub.url, ending: 'throw' })
    await hub.until(() => hub.bodies === 1)
    await child.end()

    await runSuccessor()

    expect(hub.calls).toBe(7)
  })

  it('keeps a process alive for close(), and only until all is sent', async () => {
    const child = await startChild({ hubUrl: hub.url, ending: 'close' })

    const { code } = await child.end()

    expect(code).toBe(0)
    expect(hub.calls).toBe(7)
    expect(hub.reports.at(-1)?.final).toBe(true)
  })

  it('keeps a process alive for flush()', async () => {
    const child = await startChild({ hubUrl: hub.url, ending: 'flush' })

    const { code } = await child.end()

    expect(code).toBe(0)
    expect(hub.calls).toBe(7)
  })

  it('loses only what was in memory when the process is killed', async () => {
    const child = await startChild({ ending: 'idle' })
    await waitForFile(join(spoolDir, 'shop', 'first'), /^frozen.*json$/)
    await child.kill()

    await runSuccessor()

    expect(hub.calls).toBe(5)
  })

  it('leaves the spool of a living instance alone', async () => {
    const child = await startChild({ ending: 'idle' })
    await waitForFile(join(spoolDir, 'shop', 'first'), /^frozen.*json$/)

    await runSuccessor()
    const calls = hub.calls
    await child.kill()

    expect(calls).toBe(0)
    expect(readdirSync(join(spoolDir, 'shop'))).toContain('first')
  })

  it('ships a spool once when two successors start together', async () => {
    const child = await startChild({ ending: 'exit' })
    await child.end()

    await Promise.all([runSuccessor('second'), runSuccessor('third'), runSuccessor('fourth')])

    expect(hub.calls).toBe(7)
    expect(readdirSync(join(spoolDir, 'shop')).filter((name) => name !== 'control.json')).toEqual([])
  })
})

function startChild(order: Partial<ChildOrder>): Promise<ReportingChild> {
  return ReportingChild.start({ hubUrl: nowhere, spoolDir, instance: 'first', ending: 'idle', ...order })
}

/** The next start of the service, until it has sent all. */
async function runSuccessor(instance = 'second'): Promise<void> {
  const reporter = createReporter({
    source: new FakeSource(instance),
    hub: { url: hub.url },
    spoolDir,
    crashGuard: false,
  })
  await reporter.flush()
  await reporter.close()
}

/** Resolves when the folder has such a file; looked at in each turn of the event loop. */
async function waitForFile(folder: string, pattern: RegExp): Promise<void> {
  while (!list(folder).some((name) => pattern.test(name))) await nextMacrotask()
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
