import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const main = new URL('../src/main.ts', import.meta.url).pathname

test('breakwater hub runs as a process and ends in good order at Ctrl-C', { timeout: 30_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'breakwater-cli-test-'))
  const child = spawn(
    process.execPath,
    ['--conditions=breakwater-source', main, 'hub', '--port', '0', '--data', dataDir],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const [line] = (await once(child.stdout, 'data')) as [Buffer]

  const response = await fetch(`${line.toString().trim()}/health/live`)
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number]

  expect(response.status).toBe(200)
  expect(code).toBe(0)
  await rm(dataDir, { recursive: true, force: true })
})
