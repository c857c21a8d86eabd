import { parseArgs } from 'node:util'
import { HubOptionError } from './hub-option-error.ts'
import type { HubOptions } from './hub-options.ts'

const flags = {
  host: 'HOST',
  port: 'PORT',
  data: 'DATA',
  token: 'TOKEN',
  lab: 'LAB',
  'retention-days': 'RETENTION_DAYS',
  'max-store-mb': 'MAX_STORE_MB',
  page: 'PAGE',
} as const

type Flag = keyof typeof flags

/** The words that `--help` prints. */
export const helpText: string = `Usage: breakwater-hub [options]

  --host HOST            address to listen on (default 127.0.0.1; any other needs --token)
  --port PORT            port, 0 for a free one (default 4700)
  --data DIR             folder of the database (default .breakwater/hub)
  --token TOKEN          what requests must carry as "Authorization: Bearer …"
  --lab URL              a demo fleet's controller
  --retention-days N     days that facts are kept (default 30)
  --max-store-mb N       megabytes that the database may take (default 2048)
  --page DIR             folder of the built page

Each option may also be given as an environment variable: BREAKWATER_HUB_PORT, BREAKWATER_HUB_MAX_STORE_MB, …
Exit codes: 0 stopped in good order, 1 cannot run, 2 wrong option.
`

/**
 * Reads the hub's options from the command line and, for those not given there, the environment.
 * Answers `'help'` when `--help` is among them.
 *
 * @throws {HubOptionError} that names the option and its value.
 */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): HubOptions | 'help' {
  const given = parseFlags(args)
  if (given.help === true) return 'help'
  const read = (flag: Flag): string | undefined => given[flag] ?? env[`BREAKWATER_HUB_${flags[flag]}`]
  return {
    ...text('host', read('host')),
    ...number('port', read('port')),
    ...text('dataDir', read('data')),
    ...text('token', read('token')),
    ...text('labUrl', read('lab')),
    ...number('retentionDays', read('retention-days')),
    ...number('maxStoreMb', read('max-store-mb')),
    ...text('pageDir', read('page')),
  }
}

type Flags = { readonly [name in Flag]?: string | undefined } & { readonly help?: boolean | undefined }

function parseFlags(args: readonly string[]): Flags {
  const type = 'string' as const
  const options = {
    ...{ host: { type }, port: { type }, data: { type }, token: { type }, lab: { type }, page: { type } },
    ...{
      'retention-days': { type },
      'max-store-mb': { type },
      help: { type: 'boolean' as const, short: 'h' },
    },
  }
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new HubOptionError(
      'command line',
      `made of the options that --help lists (${reason})`,
      args.join(' '),
    )
  }
}

function text<Name extends string>(name: Name, value: string | undefined): { [key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: string })
}

function number<Name extends string>(name: Name, value: string | undefined): { [key in Name]?: number } {
  if (value === undefined) return {}
  if (!/^\d{1,15}$/.test(value)) throw new HubOptionError(name, 'a whole number', value)
  return { [name]: Number(value) } as { [key in Name]?: number }
}
