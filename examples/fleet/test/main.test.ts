import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabView } from 'breakwater/protocol'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../src/clock/system-clock.ts'
import { until } from '../src/clock/until.ts'
import { callJson } from '../src/http/call-json.ts'

const main = new URL('../src/main.ts', import.meta.url).pathname
const slow = { timeout: 60_000 }
const folders: string[] = []

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
})

test('Ctrl-C ends the fleet in good order and leaves no process behind', slow, async () => {
  const child = await startMain(['--port', '0'])
  const url = await firstLine(child)
  const pids = await servicePids(url)

  child.kill('SIGINT')
  // npm passes on what the terminal has sent already: the same keystroke comes twice.
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number]

  expect(code).toBe(0)
  expect(pids).toHaveLength(3)
  expect(pids.filter(isAlive)).toEqual([])
})

test('a controller that is killed takes all of its processes with it', slow, async () => {
  const child = await startMain(['--port', '0'])
  const pids = await servicePids(await firstLine(child))

  child.kill('SIGKILL')
  const areGone = await until(systemClock, () => (pids.some(isAlive) ? undefined : true), {
    withinMs: 15_000,
  })

  expect(pids).toHaveLength(3)
  expect(areGone).toBe(true)
})

test('a taken port is told in one sentence, and the page is on a free one', slow, async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as { port: number }

  const child = await startMain(['--port', String(port)])
  const url = await firstLine(child)
  const talk = readAll(child.stderr)
  child.kill('SIGINT')
  await once(child, 'exit')
  holder.close()

  expect(new URL(url).port).not.toBe(String(port))
  expect(await talk).toBe(`Port ${port} is taken, so the page is on a free one.\n`)
})

test('a wrong option ends with exit code 2, naming option and value', slow, async () => {
  const child = await startMain(['--rate', '0'])
  const talk = readAll(child.stderr)
  const [code] = (await once(child, 'exit')) as [number]

  expect(code).toBe(2)
  expect(await talk).toBe(
    `Cannot start the fleet as 'rate' must be a whole number from 1 to 1000: current value is "0"\n`,
  )
})

async function startMain(args: readonly string[]): Promise<ChildProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'breakwater-main-test-'))
  folders.push(dataDir)
  return spawn(process.execPath, ['--conditions=breakwater-source', main, '--data', dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return chunk.toString('utf8').trim()
}

async function readAll(stream: ChildProcess['stderr']): Promise<string> {
  let text = ''
  for await (const chunk of stream ?? []) text += String(chunk)
  return text
}

async function servicePids(url: string): Promise<number[]> {
  const { targets } = (await callJson(`${url}/api/v1/lab`)) as LabView
  return targets.flatMap(({ pid }) => (pid === null ? [] : [pid]))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
