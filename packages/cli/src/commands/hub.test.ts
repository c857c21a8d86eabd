import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capturedIo } from '../../test/captured-io.ts'
import { runCli } from '../run-cli.ts'

test('hub prints its address, answers, and ends at Ctrl-C with exit code 0', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'breakwater-cli-test-'))
  const io = capturedIo()

  const code = runCli(['hub', '--port', '0', '--data', dataDir], io)
  await expect.poll(io.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/)
  const response = await fetch(`${io.out().trim()}/health/live`)
  io.interrupt()

  expect(response.status).toBe(200)
  expect(await code).toBe(0)
  await rm(dataDir, { recursive: true, force: true })
})

test('hub refuses a port out of range, naming option and value', async () => {
  const io = capturedIo()

  expect(await runCli(['hub', '--port', '65536'], io)).toBe(2)
  expect(io.talk()).toContain("'--port <port>' argument '65536' is invalid")
})

test('hub refuses an address beyond this machine without a token', async () => {
  const io = capturedIo()

  expect(await runCli(['hub', '--host', '0.0.0.0', '--port', '0'], io)).toBe(2)
  expect(io.talk()).toContain("'host' must be a loopback address unless a token is given")
})
