import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { IdleSuiteName } from './idle-kinds.ts'

/** What a process of its own is asked to measure. */
export interface IdleQuestion {
  readonly suite: IdleSuiteName
  readonly contestant: string
  readonly count: number
  /** Whether each runs one call before it rests. */
  readonly isCalled: boolean
  readonly idleMs: number
}

/** What it found. */
export interface IdleFigures {
  /** To make one, and to call it if it is called, nanoseconds. */
  readonly makeNs: number
  /** What one holds after all garbage is collected. */
  readonly bytes: number
  /** CPU time in a second of rest for each, nanoseconds. */
  readonly restNs: number
}

const program = join(import.meta.dirname, 'main.ts')
const run = promisify(execFile)

/** Measures in a new process: its heap holds nothing else, and timers left behind end with it. */
export async function idleFigures(question: IdleQuestion): Promise<IdleFigures> {
  const args = ['--expose-gc', '--conditions=breakwater-source', program, JSON.stringify(question)]
  const { stdout } = await run(process.execPath, args)
  return JSON.parse(stdout) as IdleFigures
}
