import type { Clock } from '../clock/clock.ts'
import { checkNames } from '../config/check-option.ts'
import type { ClassificationRule } from '../faults/classification.ts'
import type { Scrubber } from '../faults/scrub.ts'
import type { InAppTest } from '../faults/culprit.ts'
import type { Random } from '../random/random.ts'

/** What a runtime asks about the call that runs now. */
export interface CurrentTrace {
  /** 32 hex digits. */
  readonly traceId?: string
  /** 16 hex digits. */
  readonly spanId?: string
  /** The application's own: a user id, a request id. */
  readonly attributes?: Readonly<Record<string, string>>
  /** When the caller stops waiting, in milliseconds of the runtime's clock: timeouts of its pipelines keep to it. */
  readonly deadlineAt?: number
}

/** Options of {@link createRuntime}. */
export interface RuntimeOptions {
  /** The service's name, the same for all its instances; 1–200 characters. */
  readonly service: string
  /** The version that runs. */
  readonly version?: string
  /** `production`, `staging`, …; free text. */
  readonly environment?: string
  /** Unique for this start of the process; 1–64 characters of `A–Z a–z 0–9 . _ -`. @default random */
  readonly instance?: string
  /** The machine's name. */
  readonly host?: string
  /** The process id. */
  readonly pid?: number
  /** Says in which trace, for whom and until when a call runs. Asked by each call, and when one fails. @default nothing is known */
  readonly currentTrace?: () => CurrentTrace
  /** Calls `run` where `currentTrace` knows no deadline: for work that goes on behind an answer. @default calls it here */
  readonly detach?: (run: () => void) => void
  /** Asked before the built-in rules when a fault is classified. */
  readonly rules?: readonly ClassificationRule[]
  /** Takes secrets out of faults. @default the built-in patterns */
  readonly scrubber?: Scrubber
  /** Which stack frames are the application's own. @default all but the engine's and those of packages */
  readonly isInApp?: InAppTest
  /** What time is taken from. @default the system's */
  readonly clock?: Clock
  /** Where chance comes from. @default the system's */
  readonly random?: Random
}

/** The option names, for wrappers that pass some of their own on. */
export const runtimeOptionNames: readonly string[] = Object.freeze([
  'service',
  'version',
  'environment',
  'instance',
  'host',
  'pid',
  'currentTrace',
  'detach',
  'rules',
  'scrubber',
  'isInApp',
  'clock',
  'random',
])

const instancePattern = /^[\w.-]{1,64}$/

/** Checks the options. */
export function checkRuntimeOptions(options: RuntimeOptions): void {
  checkNames('runtime', options, runtimeOptionNames)
  const { service, instance } = options
  if (typeof service !== 'string' || service.length === 0 || service.length > 200) {
    throw new TypeError(
      `Cannot create runtime as 'service' must be a string of 1 to 200 characters: current value is ${String(service)}`,
    )
  }
  if (instance !== undefined && !instancePattern.test(instance)) {
    throw new TypeError(
      `Cannot create runtime as 'instance' must be 1 to 64 characters of A-Z a-z 0-9 . _ -: current value is '${instance}'`,
    )
  }
}
