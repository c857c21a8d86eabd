import { CliError } from './cli-error.ts'
import { exitCode } from './exit-code.ts'
import type { Io } from './io.ts'

/** Where the hub is and what it wants to see. */
export interface HubTarget {
  readonly url: string
  readonly token: string | undefined
}

/** What the options of a command say about the hub. */
export interface HubFlags {
  readonly hub?: string | undefined
  readonly token?: string | undefined
}

/** The hub on this machine with its default port. */
export const defaultHubUrl = 'http://127.0.0.1:4700'

/**
 * The hub that is meant: by option, else by `BREAKWATER_HUB_URL` and `BREAKWATER_HUB_TOKEN`, else the default.
 *
 * @throws {CliError} when the URL is none
 */
export function readHubTarget(flags: HubFlags, env: Io['env']): HubTarget {
  const [source, url] =
    flags.hub !== undefined
      ? ['--hub', flags.hub]
      : ['BREAKWATER_HUB_URL', env['BREAKWATER_HUB_URL'] ?? defaultHubUrl]
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new CliError(exitCode.usage, `'${source}' must be an http or https URL: current value is '${url}'`)
  }
  return { url: parsed.href.replace(/\/$/, ''), token: flags.token ?? readToken(env) }
}

/** The token that the environment gives. */
export function readToken(env: Io['env']): string | undefined {
  return env['BREAKWATER_HUB_TOKEN'] === '' ? undefined : env['BREAKWATER_HUB_TOKEN']
}

/** The environment of this process; commands get it through their {@link Io}. */
export function environment(): Io['env'] {
  return process.env
}
