import { expect, test } from 'vitest'
import { capturedIo } from '../test/captured-io.ts'
import { runCli } from './run-cli.ts'

test('runCli() prints help with exit codes and ends with 0 when help is asked for', async () => {
  const io = capturedIo()

  expect(await runCli(['--help'], io)).toBe(0)
  expect(io.out()).toContain(
    'Exit codes: 0 ok, 1 failed, 2 wrong option or argument, 3 the hub does not answer',
  )
})

test('runCli() shows an example in the help of a command', async () => {
  const io = capturedIo()

  expect(await runCli(['breaker', '--help'], io)).toBe(0)
  expect(io.out()).toContain('Example:\n  breakwater breaker payments --force-open')
})

test('runCli() ends with 2 for a command that does not exist, and names it', async () => {
  const io = capturedIo()

  expect(await runCli(['brekaer'], io)).toBe(2)
  expect(io.talk()).toContain("unknown command 'brekaer'")
})

test('runCli() ends with 2 for an option that does not exist, and names it', async () => {
  const io = capturedIo()

  expect(await runCli(['status', '--jsno'], io)).toBe(2)
  expect(io.talk()).toContain("unknown option '--jsno'")
})

test('runCli() ends with 130 when it is interrupted in the middle of a request', async () => {
  const io = capturedIo()
  io.interrupt()

  expect(await runCli(['status', '--hub', 'http://127.0.0.1:1'], io)).toBe(130)
})
