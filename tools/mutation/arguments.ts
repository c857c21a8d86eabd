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
}

/** Reads the command line of `npm run mutation`. */
export function mutationArguments(args: readonly string[]): MutationArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      concurrency: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      wide: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  if (positionals.length === 0)
    throw new TypeError(
      'Name at least one folder of packages/breakwater/src, for example: npm run mutation -- budget',
    )
  const { concurrency, fresh, wide, json } = values
  return {
    folders: positionals,
    concurrency: processes(concurrency),
    isFresh: fresh,
    isWide: wide,
    jsonFile: json,
  }
}

function processes(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1) return count
  throw new RangeError(`'--concurrency' must be an integer >= 1: it is ${text}`)
}
