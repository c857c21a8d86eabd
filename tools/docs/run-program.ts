import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** How a program ended and what it wrote. */
export interface ProgramResult {
  /** Null when it was stopped because it did not end. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

const longestMs = 60_000

/** Runs TypeScript as a program in an empty folder of its own, from which it finds the packages of the workspace. */
export async function runProgram(code: string, timeoutMs: number = longestMs): Promise<ProgramResult> {
  mkdirSync('.breakwater', { recursive: true })
  const cwd = mkdtempSync(join('.breakwater', 'snippet-'))
  const child = spawn(
    process.execPath,
    ['--conditions=breakwater-source', '--input-type=module-typescript', '-'],
    {
      cwd,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    },
  )
  child.stdin.on('error', () => undefined)
  child.stdin.end(code)
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  rmSync(cwd, { recursive: true, force: true })
  return { exitCode, stdout, stderr }
}
