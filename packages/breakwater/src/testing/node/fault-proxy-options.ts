import type { Clock } from '../../clock/clock.ts'
import { systemClock } from '../../clock/system-clock.ts'
import { checkText, mustBe, show, withoutUndefined } from '../../config/check-option.ts'
import { aFunction, anything, integer, methods, type OptionRule } from '../../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../../config/option-table.ts'
import type { Random } from '../../random/random.ts'
import { systemRandom } from '../../random/system-random.ts'
import type { FaultProxyEvent } from './fault-proxy-events.ts'

/** What a proxy connects its clients to: a port, or the path of a Unix socket. */
export type ProxyTarget =
  | {
      /** A name or an address, IPv6 too. @default '127.0.0.1' */
      readonly host?: string
      /** 1–65,535. */
      readonly port: number
    }
  | { readonly path: string }

/** Options of {@link faultProxy}. */
export interface FaultProxyOptions {
  /** What is behind the proxy. Nobody need be there. */
  readonly target: ProxyTarget
  /** Where it listens. @default '127.0.0.1' */
  readonly host?: string
  /** Where it listens; integer, 0–65,535. @default 0: one that is free */
  readonly port?: number
  /** Connections at once; more are reset at once. Integer ≥ 1. @default 1_000 */
  readonly maxConnections?: number
  /**
   * What is held of each connection in each direction, in bytes, before no more is read; integer ≥ 1. It may be exceeded by
   * one read (64 KiB). With latency, no more than this passes in that time. @default 262_144
   */
  readonly bufferBytes?: number
  /** What latency, bandwidth and gaps go by. @default the system's */
  readonly clock?: Clock
  /** Draws what `rate` and `jitterMs` leave to chance. @default the engine's own */
  readonly random?: Random
  /** Told of each {@link FaultProxyEvent}. */
  readonly onEvent?: (event: FaultProxyEvent) => void
}

/** The options with all fields filled in. */
export type ResolvedFaultProxyOptions = Readonly<Required<Omit<FaultProxyOptions, 'onEvent'>>>

/** The defaults of {@link FaultProxyOptions} that are plain values. */
export const faultProxyDefaults: Readonly<
  Required<Pick<FaultProxyOptions, 'host' | 'port' | 'maxConnections' | 'bufferBytes'>>
> = Object.freeze({ host: '127.0.0.1', port: 0, maxConnections: 1_000, bufferBytes: 262_144 })

const what = 'fault proxy'
const targetWhat = "fault proxy as 'target'"

const table: OptionTable<FaultProxyOptions> = {
  target: anything,
  host: checkText,
  port: integer(0, 65_535),
  maxConnections: integer(1),
  bufferBytes: integer(1),
  clock: methods('now', 'setTimer'),
  random: methods('next'),
  onEvent: aFunction,
}

const targetRules: Readonly<Record<'host' | 'port' | 'path', OptionRule>> = {
  host: checkText,
  port: integer(1, 65_535),
  path: checkText,
}

/** Validates the options once, at construction. */
export function resolveFaultProxyOptions(options: FaultProxyOptions): ResolvedFaultProxyOptions {
  checkOptions(what, options, table)
  const { onEvent: _, target, ...given } = withoutUndefined(options)
  return Object.freeze({
    ...{ clock: systemClock, random: systemRandom },
    ...faultProxyDefaults,
    ...given,
    target: Object.freeze(resolveTarget(target)),
  })
}

function resolveTarget(target: ProxyTarget): ProxyTarget {
  if (typeof target !== 'object' || target === null)
    throw new TypeError(mustBe(targetWhat, 'an object', show(target)))
  checkOptions(`${what} target`, target, targetRules as OptionTable<ProxyTarget>)
  if ('path' in target && !('port' in target)) return { path: target.path }
  if ('path' in target || target.port === undefined)
    throw new TypeError(mustBe(targetWhat, "an object with either 'port' or 'path'", show(target)))
  return { host: target.host ?? faultProxyDefaults.host, port: target.port }
}
