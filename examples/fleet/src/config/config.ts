import { parseArgs } from 'node:util'
import { FleetOptionError } from './fleet-option-error.ts'

/** What the command lines of this package may say. */
export interface FleetConfig {
  readonly port: number
  readonly dataDir: string
  readonly ratePerSecond: number
  readonly seed: number
  readonly seconds: number
  /** Where to write the figures; null for nowhere. */
  readonly jsonFile: string | null
}

/** The words that `--help` prints. */
export const helpText: string = `Usage: npm start -- [options]
       npm run demo:report -- [options]

  --port PORT      port of the hub (default 4700; 0 or a taken one: any free one)
  --data DIR       folder for what hub and services keep (default .breakwater)
  --rate N         requests a second to each storefront (default 40)
  --seed N         the same seed gives the same requests (default 1)
  --seconds N      how long the report measures (default 60, at least 30)
  --json FILE      where the report writes its figures

Ctrl-C ends everything in good order; a second one at once.
Exit codes: 0 ended in good order, 1 something failed, 2 wrong option.
`

const type = 'string' as const
const options = {
  ...{ port: { type }, data: { type }, rate: { type }, seed: { type }, seconds: { type }, json: { type } },
  help: { type: 'boolean' as const, short: 'h' },
}

/** Reads a command line; `'help'` when `--help` is in it. @throws {FleetOptionError} that names option and value */
export function readConfig(args: readonly string[]): FleetConfig | 'help' {
  const given = parse(args)
  if (given.help === true) return 'help'
  return {
    port: wholeNumber('port', given.port, { min: 0, max: 65_535, fallback: 4_700 }),
    dataDir: given.data ?? '.breakwater',
    ratePerSecond: wholeNumber('rate', given.rate, { min: 1, max: 1_000, fallback: 40 }),
    seed: wholeNumber('seed', given.seed, { min: 0, max: 2 ** 32 - 1, fallback: 1 }),
    seconds: wholeNumber('seconds', given.seconds, { min: 30, max: 3_600, fallback: 60 }),
    jsonFile: given.json ?? null,
  }
}

type Given = { readonly [name in 'port' | 'data' | 'rate' | 'seed' | 'seconds' | 'json']?: string } & {
  readonly help?: boolean
}

function parse(args: readonly string[]): Given {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new FleetOptionError(
      'command line',
      `made of the options that --help lists (${reason})`,
      args.join(' '),
    )
  }
}

interface Range {
  readonly min: number
  readonly max: number
  readonly fallback: number
}

function wholeNumber(option: string, value: string | undefined, { min, max, fallback }: Range): number {
  if (value === undefined) return fallback
  const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN
  if (number >= min && number <= max) return number
  throw new FleetOptionError(option, `a whole number from ${min} to ${max}`, value)
}
