import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../clock/clock.ts'
import { systemClock } from '../clock/system-clock.ts'
import { withoutUndefined } from '../config/check-option.ts'
import type { Scrubber } from '../faults/scrub.ts'
import type { Random } from '../random/random.ts'
import { systemRandom } from '../random/system-random.ts'
import type { HubAddress } from './hub-client.ts'
import type { ReportSource } from './report-source.ts'

/** Something that the reporter could not do. It never reaches the application but through `onProblem`. */
export interface ReporterProblem {
  readonly kind:
    'hub-away' | 'hub-denied' | 'report-refused' | 'facts-dropped' | 'spool-failed' | 'source-failed'
  /** One sentence. */
  readonly message: string
  /** Problems of this kind that were not told since the last one. */
  readonly untold: number
}

/** Options of {@link createReporter}. */
export interface ReporterOptions {
  /** Where the facts come from and the orders go: a runtime. */
  readonly source: ReportSource
  /** Where the hub is, and the token that it asks for. */
  readonly hub: HubAddress
  /**
   * Where reports wait on disk while the hub is away; shared by all services and instances of a machine.
   * `false` keeps them in memory only. @default `breakwater-spool-UID` in the system's folder for temporary files
   */
  readonly spoolDir?: string | false
  /** Between two reports, milliseconds, ≥ 10. @default 1,000 */
  readonly intervalMs?: number
  /** How long after something urgent a report leaves, milliseconds. @default 20 */
  readonly urgentMs?: number
  /** Between any two reports at the least, milliseconds. @default 100 */
  readonly spacingMs?: number
  /** How long the hub may take to answer, milliseconds. @default 5,000 */
  readonly timeoutMs?: number
  /** The longest wait between two tries while the hub is away, milliseconds. @default 5,000 */
  readonly maxBackoffMs?: number
  /** What may wait, bytes; beyond it the oldest is compacted, then dropped and counted. @default 16 MiB on disk, 4 MiB in memory */
  readonly maxWaitingBytes?: number
  /** What may wait, reports. @default 900 on disk, 120 in memory */
  readonly maxWaitingReports?: number
  /** How long `close()` may take, milliseconds. @default 2,000 */
  readonly closeMs?: number
  /** Whether to write everything down when the process dies of an uncaught error. @default true */
  readonly crashGuard?: boolean
  /** Whether to listen to the hub's orders. @default true */
  readonly control?: boolean
  /** Removes secrets from a crash's error. @default `createScrubber()` */
  readonly scrubber?: Scrubber
  /** Told about what the reporter could not do, at most once in 30 s for each kind. @default nobody */
  readonly onProblem?: (problem: ReporterProblem) => void
  /** Times reports and waits. @default the machine's clock */
  readonly clock?: Clock
  /** Spreads retries. @default the engine's generator */
  readonly random?: Random
}

/** All options of a reporter, checked. */
export type ResolvedReporterOptions = Required<Omit<ReporterOptions, 'scrubber' | 'spoolDir'>> &
  Pick<ReporterOptions, 'scrubber'> & { readonly spoolDir: string | undefined }

/** Times and sizes that hold unless told otherwise. */
export const reporterDefaults: Readonly<
  Required<
    Pick<
      ReporterOptions,
      | 'intervalMs'
      | 'urgentMs'
      | 'spacingMs'
      | 'timeoutMs'
      | 'maxBackoffMs'
      | 'closeMs'
      | 'crashGuard'
      | 'control'
    >
  >
> = Object.freeze({
  intervalMs: 1_000,
  urgentMs: 20,
  spacingMs: 100,
  timeoutMs: 5_000,
  maxBackoffMs: 5_000,
  closeMs: 2_000,
  crashGuard: true,
  control: true,
})

/** Checks options and fills in defaults. Throws `RangeError` or `TypeError` that names option and value. */
export function resolveReporterOptions(options: ReporterOptions): ResolvedReporterOptions {
  const { spoolDir } = options
  const folder =
    spoolDir === false
      ? undefined
      : (spoolDir ?? join(tmpdir(), `breakwater-spool-${String(process.getuid?.() ?? 'user')}`))
  const resolved = {
    ...reporterDefaults,
    maxWaitingBytes: folder === undefined ? 4_194_304 : 16_777_216,
    maxWaitingReports: folder === undefined ? 120 : 900,
    clock: systemClock,
    random: systemRandom,
    onProblem: () => undefined,
    ...withoutUndefined(options),
    spoolDir: folder,
  }
  checkUrl(resolved.hub.url)
  checkNumber('intervalMs', resolved.intervalMs, 10)
  checkNumber('urgentMs', resolved.urgentMs, 0)
  checkNumber('spacingMs', resolved.spacingMs, 0)
  checkNumber('timeoutMs', resolved.timeoutMs, 1)
  checkNumber('maxBackoffMs', resolved.maxBackoffMs, 1)
  checkNumber('maxWaitingBytes', resolved.maxWaitingBytes, 1_024)
  checkNumber('maxWaitingReports', resolved.maxWaitingReports, 2)
  checkNumber('closeMs', resolved.closeMs, 0)
  return Object.freeze(resolved)
}

function checkNumber(name: string, value: unknown, least: number): void {
  if (typeof value === 'number' && value >= least) return
  throw new RangeError(
    `Cannot create reporter as '${name}' must be a number >= ${String(least)}: current value is ${String(value)}`,
  )
}

function checkUrl(url: unknown): void {
  const parsed = typeof url === 'string' ? URL.parse(url) : null
  if (parsed !== null && /^https?:$/.test(parsed.protocol)) return
  throw new TypeError(
    `Cannot create reporter as 'hub.url' must be an http or https URL: current value is '${String(url)}'`,
  )
}
