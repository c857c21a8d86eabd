import { isIP } from 'node:net'
import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { type Random, systemRandom } from '../random/random.ts'
import { HubOptionError } from './hub-option-error.ts'
import { type HubLimits, hubLimitDefaults } from './hub-limits.ts'

/** How a hub runs; every field has a default. */
export interface HubOptions {
  /** The address to listen on. Any but a loopback address needs a `token`. @default '127.0.0.1' */
  readonly host?: string
  /** The port, 0–65535; 0 takes a free one. @default 4700 */
  readonly port?: number
  /** The folder of the database; made when missing. @default '.breakwater/hub' */
  readonly dataDir?: string
  /** What requests must carry as `Authorization: Bearer …`; at least 16 characters. @default none */
  readonly token?: string
  /** The URL of a demo fleet's controller. @default none */
  readonly labUrl?: string
  /** Days after which facts are deleted, 1–3650. @default 30 */
  readonly retentionDays?: number
  /** Megabytes that the database may take, at least 16. @default 2048 */
  readonly maxStoreMb?: number
  /** The folder of the built page. @default the dashboard package's `dist` */
  readonly pageDir?: string
  readonly limits?: Partial<HubLimits>
  readonly clock?: Clock
  readonly random?: Random
}

/** Options with every default filled in. */
export interface ResolvedHubOptions {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly token: string | null
  readonly labUrl: string | null
  readonly retentionDays: number
  readonly maxStoreMb: number
  readonly pageDir: string | null
  readonly limits: HubLimits
  readonly clock: Clock
  readonly random: Random
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws {HubOptionError} that names the option and its value.
 */
export function resolveHubOptions(options: HubOptions): ResolvedHubOptions {
  const resolved: ResolvedHubOptions = {
    host: options.host ?? '127.0.0.1',
    port: wholeNumber('port', options.port ?? 4700, [0, 65_535]),
    dataDir: nonEmpty('dataDir', options.dataDir ?? '.breakwater/hub'),
    token: checkToken(options.token),
    labUrl: checkUrl(options.labUrl),
    retentionDays: wholeNumber('retentionDays', options.retentionDays ?? 30, [1, 3_650]),
    maxStoreMb: wholeNumber('maxStoreMb', options.maxStoreMb ?? 2_048, [16, 1_048_576]),
    pageDir: options.pageDir === undefined ? null : nonEmpty('pageDir', options.pageDir),
    limits: resolveLimits(options.limits ?? {}),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
  }
  nonEmpty('host', resolved.host)
  if (resolved.token === null && !isLoopback(resolved.host)) throw missingToken(resolved.host)
  return Object.freeze(resolved)
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

function missingToken(host: string): HubOptionError {
  const how = `node -e "console.log(require('node:crypto').randomBytes(32).toString('base64url'))"`
  const rule = `a loopback address unless a token is given; make one with: ${how} and pass it as --token or BREAKWATER_HUB_TOKEN`
  return new HubOptionError('host', rule, host)
}

function wholeNumber(option: string, value: number, [min, max]: readonly [number, number]): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new HubOptionError(option, `a whole number from ${min} to ${max}`, value)
}

function nonEmpty(option: string, value: string): string {
  if (value.trim() !== '') return value
  throw new HubOptionError(option, 'a text that is not empty', value)
}

function checkToken(token: string | undefined): string | null {
  if (token === undefined) return null
  if (/^[\x21-\x7e]{16,512}$/.test(token)) return token
  // The value is a secret even when it is wrong, so the message only tells its length.
  throw new HubOptionError('token', '16–512 visible ASCII characters', `a text of ${token.length} characters`)
}

function checkUrl(value: string | undefined): string | null {
  if (value === undefined) return null
  const url = URL.parse(value)
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href
  throw new HubOptionError('labUrl', 'an http or https URL', value)
}

function resolveLimits(limits: Partial<HubLimits>): HubLimits {
  for (const [name, value] of Object.entries(limits)) {
    wholeNumber(`limits.${name}`, value, [1, Number.MAX_SAFE_INTEGER])
  }
  return Object.freeze({ ...hubLimitDefaults, ...limits })
}
