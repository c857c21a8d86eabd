import { runCommand } from '../verify/run-command.ts'

/** How a Node of another version is started. */
export type NodeCommand = readonly [string, ...string[]]

/** Where to look for a Node. */
export interface NodeSearch {
  readonly major: number
  /** A program that is named for it. */
  readonly named: string | undefined
  /** Whether npm may download it. */
  readonly mayDownload: boolean
}

/** The commands that may start such a Node, best first. npm keeps what it downloaded once. */
export function candidatesFor({ major, named, mayDownload }: NodeSearch): readonly NodeCommand[] {
  if (named !== undefined && named !== '') return [[named]]
  const fromNpm = (...options: string[]): NodeCommand => [
    'npm',
    'exec',
    '--yes',
    ...options,
    `--package=node@${major}`,
    '--',
    'node',
  ]
  return [[process.execPath], ['node'], fromNpm('--offline'), ...(mayDownload ? [fromNpm()] : [])]
}

/** The first of the commands that starts a Node of this version; undefined when none does. */
export async function findNode(search: NodeSearch): Promise<NodeCommand | undefined> {
  for (const candidate of candidatesFor(search)) {
    const { exitCode, output } = await runCommand({ line: [...candidate, '--version'] })
    if (exitCode === 0 && output.split('\n').some((line) => line.startsWith(`v${search.major}.`)))
      return candidate
  }
  return undefined
}
