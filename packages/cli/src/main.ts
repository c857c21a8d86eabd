#!/usr/bin/env node
import { systemClock } from 'breakwater'
import { environment } from './config.ts'
import { exitCode } from './exit-code.ts'
import { runCli } from './run-cli.ts'

/** Under npm one Ctrl-C comes twice: from the terminal and passed on by npm. */
const sameKeyMs = 500

const interrupt = new AbortController()
let interruptedAt = 0
const stop = (): void => {
  const now = systemClock.now()
  if (!interrupt.signal.aborted) interruptedAt = now
  else if (now - interruptedAt >= sameKeyMs) process.exit(exitCode.interrupted)
  interrupt.abort(new Error('Interrupted'))
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  env: environment(),
  signal: interrupt.signal,
})
// A listener for signals keeps nothing alive, but an idle connection to the hub would for a while.
process.exit()
