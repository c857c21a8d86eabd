import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { isoDate } from '../clock/stopwatch.ts'

/** Where and when the figures were taken. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly node: string
  readonly date: string
  /** The commit, with a `+` when files differ from it; `unknown` outside of a repository. */
  readonly commit: string
  /** Programs that wanted to run, on average over the minute before. Above the number of cores, figures are disturbed. */
  readonly load: number
}

/** Describes this machine. */
export function machine(): Machine {
  const all = cpus()
  return {
    ...{ cpu: all[0]?.model.trim() ?? 'unknown', cores: all.length },
    ...{ node: process.version, date: isoDate(), commit: commit() },
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
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

/** The machine in a line, with a warning when others use it too. */
export function machineLine({ cpu, cores, node, date, commit: at, load }: Machine): string {
  const warning = load > 1 ? `: others use it too, figures are disturbed` : ''
  return `${cpu}, ${cores} cores, Node ${node}, commit ${at}, ${date}, load ${load}${warning}`
}
