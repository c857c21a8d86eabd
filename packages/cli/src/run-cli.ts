import { CommanderError } from 'commander'
import { CliError } from './cli-error.ts'
import { exitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { makeProgram } from './program.ts'

/** Runs a command line and gives its exit code. Never rejects; what went wrong is told on stderr. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  try {
    await makeProgram(io).parseAsync([...args], { from: 'user' })
    return exitCode.ok
  } catch (error) {
    return tell(error, io)
  }
}

function tell(error: unknown, io: Io): number {
  // Commander has told it already; only help that was asked for is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
  if (io.signal.aborted) return exitCode.interrupted
  io.stderr(`${error instanceof Error ? error.message : String(error)}\n`)
  return error instanceof CliError ? error.exitCode : exitCode.failed
}
