import { availableParallelism } from 'node:os'
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { systemClock } from '../../clock/system-clock.ts'
import type { Clock } from '../../clock/clock.ts'
import {
  checkFunction,
  checkMethods,
  checkNames,
  checkNumbers,
  type NumberRule,
  withoutUndefined,
} from '../../config/check-option.ts'
import type { Random } from '../../random/random.ts'
import { systemRandom } from '../../random/system-random.ts'
import type { WorkerBulkheadEvent } from './worker-bulkhead-events.ts'

/** Options of {@link workerBulkhead}. */
export interface WorkerBulkheadOptions {
  /** The module whose exported functions are the tasks: a `URL`, the text of one, or an absolute path. */
  readonly module: URL | string
  /** How many workers there are at most; integer, 1–1,024. @default the processors available to the process */
  readonly size?: number
  /** How many are kept ready, and started at once; integer, 0–`size`. @default 0 */
  readonly minSize?: number
  /** How many tasks may wait for a worker; integer ≥ 0, 0 refuses at once. @default 100 */
  readonly queue?: number
  /** How long a task waits for a worker before it is refused, milliseconds > 0. @default Infinity */
  readonly maxWaitMs?: number
  /** How long a task may run, milliseconds > 0, from when a worker has it; then the worker is killed. @default 30_000 */
  readonly timeoutMs?: number
  /**
   * How large the heap of a worker may become, megabytes ≥ 1; a worker that needs more dies. Buffers are not in the heap and do not
   * count. @default what Node gives
   */
  readonly memoryLimitMb?: number
  /** A worker beyond `minSize` that had nothing to do for so long is ended, milliseconds > 0. @default 30_000 */
  readonly idleMs?: number
  /** How long a worker may take to load the module, milliseconds > 0. @default 10_000 */
  readonly startTimeoutMs?: number
  /**
   * The longest time without a new worker after several in a row were lost, milliseconds ≥ 0. The first is replaced at once, then the wait
   * doubles from 50 ms on, until a task ends well. @default 5_000
   */
  readonly maxBackoffMs?: number
  /** The environment of the workers. @default a copy of that of the process */
  readonly env?: Readonly<Record<string, string>>
  /** Names it in events and errors. @default 'worker-bulkhead' */
  readonly name?: string
  /** Measures waits and timeouts. @default the system's */
  readonly clock?: Clock
  /** Spreads the backoff. @default the engine's own */
  readonly random?: Random
  /** Told of each {@link WorkerBulkheadEvent}. */
  readonly onEvent?: (event: WorkerBulkheadEvent) => void
}

/** The options with all fields filled in. */
export interface ResolvedWorkerBulkheadOptions extends Readonly<
  Required<Omit<WorkerBulkheadOptions, 'module' | 'memoryLimitMb' | 'env' | 'onEvent'>>
> {
  readonly module: string
  readonly memoryLimitMb: number | undefined
  readonly env: Readonly<Record<string, string>> | undefined
}

type Defaulted = Required<
  Pick<
    WorkerBulkheadOptions,
    'minSize' | 'queue' | 'maxWaitMs' | 'timeoutMs' | 'idleMs' | 'startTimeoutMs' | 'maxBackoffMs' | 'name'
  >
>

/** The defaults of {@link WorkerBulkheadOptions} that are the same on every machine. */
export const workerBulkheadDefaults: Readonly<Defaulted> = Object.freeze({
  minSize: 0,
  queue: 100,
  maxWaitMs: Infinity,
  timeoutMs: 30_000,
  idleMs: 30_000,
  startTimeoutMs: 10_000,
  maxBackoffMs: 5_000,
  name: 'worker-bulkhead',
})

const what = 'worker bulkhead'
const names = [
  ...Object.keys(workerBulkheadDefaults),
  ...['module', 'size', 'memoryLimitMb', 'env', 'clock', 'random', 'onEvent'],
]
const aboveZero: NumberRule = { min: 0, isAboveMin: true }

/** Validates the options once, at construction. */
export function resolveWorkerBulkheadOptions(options: WorkerBulkheadOptions): ResolvedWorkerBulkheadOptions {
  checkNames(what, options, names)
  const size = options.size ?? availableParallelism()
  checkNumbers(what, options, {
    size: { min: 1, max: 1_024, isInteger: true },
    minSize: { min: 0, max: size, isInteger: true },
    queue: { min: 0, max: 1_000_000, isInteger: true },
    maxWaitMs: aboveZero,
    timeoutMs: aboveZero,
    memoryLimitMb: { min: 1 },
    idleMs: aboveZero,
    startTimeoutMs: aboveZero,
    maxBackoffMs: { min: 0, max: 3_600_000 },
  })
  checkFunction(what, 'onEvent', options.onEvent)
  checkMethods(what, options, { clock: ['now', 'setTimer', 'deadlines'], random: ['next'] })
  const { onEvent: _, ...given } = withoutUndefined(options)
  return Object.freeze({
    ...{ clock: systemClock, random: systemRandom, memoryLimitMb: undefined, env: undefined },
    ...workerBulkheadDefaults,
    ...given,
    size,
    module: addressOf(options.module),
  })
}

function addressOf(module: unknown): string {
  if (module instanceof URL) return module.href
  if (typeof module === 'string' && isAbsolute(module)) return pathToFileURL(module).href
  if (typeof module === 'string' && URL.canParse(module)) return module
  throw new TypeError(
    `Cannot create ${what} as 'module' must be a URL or an absolute path: current value is '${String(module)}'`,
  )
}
