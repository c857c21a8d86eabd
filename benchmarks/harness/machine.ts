import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { isoDate } from '../clock/stopwatch.ts'

/** Where and when the figures were taken. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly node: string
  readonly date: string
  /** The commit, with a `+` when files differ from it; `unknown` outside of a repository. */
  readonly commit: string
}

/** Describes this machine. */
export function machine(): Machine {
  const all = cpus()
  return {
    ...{ cpu: all[0]?.model.trim() ?? 'unknown', cores: all.length },
    ...{ node: process.version, date: isoDate(), commit: commit() },
  }
}

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'
    return git('rev-parse', '--short', 'HEAD').trim() + changed
  } catch {
    return 'unknown'
  }
}
