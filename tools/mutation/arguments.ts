import { parseArgs } from 'node:util'

/** What one run of the mutation tests is asked to do. */
export interface MutationArguments {
  /** Folders of `packages/breakwater/src`. */
  readonly folders: readonly string[]
  readonly concurrency: number
  /** Judges every mutant anew; else only those whose code or tests have changed. */
  readonly isFresh: boolean
  /** Runs the tests of every folder of the library, not just the folder's own and those of the whole. */
  readonly isWide: boolean
  /** Where the results go as JSON. */
  readonly jsonFile: string | undefined
  readonly isHelp: boolean
}

/** What `--help` prints. */
export const helpText: string = `Usage: npm run mutation -- FOLDER... [options]

Changes the sources of each folder of packages/breakwater/src in one place after the other and runs the tests each time.
Takes 5 to 15 minutes a folder; fails when less than 90 % of the changes are noticed.

  --fresh           judges every mutant anew; else only those whose code or tests have changed
  --wide            lets the tests of every folder judge, not just the folder's own and those of the whole
  --concurrency N   how many processes (default 1); more than the machine has to spare take slow for stuck
  --json FILE       also writes scores and survivors to FILE
  --help            prints this`

/**
 * Reads the command line of `npm run mutation`.
 *
 * @throws {TypeError | RangeError} for an option that does not exist, a value that is wrong, or when no folder is named
 */
export function mutationArguments(args: readonly string[]): MutationArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      concurrency: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      wide: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const { concurrency, fresh, wide, json, help } = values
  if (positionals.length === 0 && !help)
    throw new TypeError(
      'Name at least one folder of packages/breakwater/src, for example: npm run mutation -- budget',
    )
  return {
    folders: positionals,
    concurrency: processes(concurrency),
    isFresh: fresh,
    isWide: wide,
    jsonFile: json,
    isHelp: help,
  }
}

function processes(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1) return count
  throw new RangeError(`'--concurrency' must be an integer >= 1: it is ${text}`)
}
