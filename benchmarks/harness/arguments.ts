import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface Arguments {
  readonly jsonFile: string | undefined
  /** Names of suites; none means all. */
  readonly suites: readonly string[]
  readonly rounds: number | undefined
  readonly isQuick: boolean
  readonly isList: boolean
  readonly isHelp: boolean
}

/** What `--help` prints. */
export const helpText: string = `Usage: npm run bench -- [options]

  --json FILE     also writes the rows and the machine to FILE
  --suite NAME    only this suite; may be given more than once
  --rounds N      how many rounds (default 15)
  --list          names the suites, and what each compares
  --quick         a smoke test: shows that everything runs; its figures mean nothing
  --help          prints this`

/**
 * Reads the command line.
 *
 * @throws {TypeError} for an option that does not exist, or a value that is wrong
 */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'string' },
      suite: { type: 'string', multiple: true },
      rounds: { type: 'string' },
      list: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    jsonFile: values.json,
    suites: values.suite ?? [],
    rounds: values.rounds === undefined ? undefined : readRounds(values.rounds),
    isQuick: values.quick,
    isList: values.list,
    isHelp: values.help,
  }
}

function readRounds(text: string): number {
  const rounds = Number(text)
  if (Number.isInteger(rounds) && rounds >= 1) return rounds
  throw new TypeError(`Cannot run as '--rounds' must be an integer >= 1: current value is '${text}'`)
}
