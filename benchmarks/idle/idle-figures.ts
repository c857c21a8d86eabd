import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { IdleSuiteName } from './idle-kinds.ts'

/** What a process of its own is asked to measure. */
export interface IdleQuestion {
  readonly suite: IdleSuiteName
  readonly contestant: string
  readonly count: number
  readonly idleMs: number
}

/** What it found, for one of them. */
export interface IdleFigures {
  readonly made: IdleFigure
  /** After one call each. */
  readonly called: IdleFigure
  /** CPU time in a second of rest, nanoseconds. */
  readonly restNs: number
}

/** What something took, and what is held after all garbage is collected. */
export interface IdleFigure {
  readonly ns: number
  readonly bytes: number
}

const program = join(import.meta.dirname, 'main.ts')
const run = promisify(execFile)

/** Measures in a new process: its heap holds nothing else, and timers left behind end with it. */
export async function idleFigures(question: IdleQuestion): Promise<IdleFigures> {
  const args = ['--expose-gc', '--conditions=breakwater-source', program, JSON.stringify(question)]
  const { stdout } = await run(process.execPath, args)
  return JSON.parse(stdout) as IdleFigures
}
