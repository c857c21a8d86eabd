import { spawn } from 'node:child_process'
import { startStopwatch } from '../clock/stopwatch.ts'
import { inheritedEnvironment } from '../config/environment.ts'

/** What a command left behind. */
export interface CommandResult {
  readonly exitCode: number
  /** What it wrote to both streams, in the order it came. */
  readonly output: string
  readonly seconds: string
}

/** A command with its arguments, and where its output goes meanwhile. */
export interface Command {
  readonly line: readonly [string, ...string[]]
  readonly env?: Readonly<Record<string, string>>
  readonly onOutput?: (text: string) => void
}

/** Runs a command to its end. Never rejects: a command that cannot be started has exit code 127 and says why. */
export async function runCommand({ line: [file, ...args], env, onOutput }: Command): Promise<CommandResult> {
  const secondsSince = startStopwatch()
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inheritedEnvironment(), ...env },
  })
  let output = ''
  const take = (chunk: string): void => {
    output += chunk
    onOutput?.(chunk)
  }
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  const exitCode = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      take(`${file}: ${error.message}\n`)
      resolve(127)
    })
    child.once('close', (code) => {
      resolve(code ?? 1)
    })
  })
  return { exitCode, output, seconds: secondsSince() }
}
