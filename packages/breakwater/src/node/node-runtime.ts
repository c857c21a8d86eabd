import { hostname } from 'node:os'
import { checkNames } from '../config/check-option.ts'
import { createRuntime as createPlainRuntime } from '../runtime/runtime.ts'
import type { Runtime } from '../runtime/runtime-api.ts'
import { runtimeOptionNames, type RuntimeOptions } from '../runtime/runtime-options.ts'
import { createContext, type RuntimeContext } from './context.ts'
import { createReporter, type Reporter } from './reporter.ts'
import type { ReporterOptions } from './reporter-options.ts'

/** Options of {@link createRuntime}: the library's, and where to report. */
export interface NodeRuntimeOptions extends Omit<RuntimeOptions, 'currentTrace' | 'detach'> {
  /** The hub to report to; without it nothing is reported and all else works. */
  readonly hub?: ReporterOptions['hub']
  /** How to report. */
  readonly reporter?: Omit<ReporterOptions, 'source' | 'hub' | 'clock' | 'random'>
}

/** A runtime of a Node process: with a context that follows calls, and a reporter. */
export interface NodeRuntime extends Runtime {
  /** Trace ids, deadline and attributes of the request that runs now. */
  readonly context: RuntimeContext
  /** Undefined when no hub was given. */
  readonly reporter: Reporter | undefined
  /** Sends what is left, within the reporter's `closeMs`. Never rejects. */
  close(): Promise<void>
}

/**
 * Binds a service together and reports to the hub: once a second, at once when a breaker opens. The hub is never in the
 * path of a call; while it is away facts wait on disk. Host and process id are filled in.
 *
 * @throws {TypeError | RangeError} when an option is wrong
 * @example
 * const bw = createRuntime({ service: 'storefront', hub: { url: 'http://127.0.0.1:4700' } })
 * process.once('SIGTERM', () => void bw.close().then(() => process.exit()))
 */
export function createRuntime(options: NodeRuntimeOptions): NodeRuntime {
  checkNames('runtime', options, [...runtimeOptionNames, 'hub', 'reporter'])
  const { hub, reporter: reporterOptions, ...own } = options
  const context = createContext()
  const runtime = createPlainRuntime({
    host: hostname(),
    pid: process.pid,
    ...own,
    currentTrace: context.get,
    detach: context.detach,
  })
  const { identity } = runtime
  runtime.recordEvent({
    type: 'ServiceStarted',
    at: identity.startedAt,
    message: `${identity.service}: started`,
  })
  const { clock, random, scrubber } = options
  const reporter =
    hub === undefined
      ? undefined
      : createReporter({
          ...(scrubber !== undefined && { scrubber }),
          ...reporterOptions,
          source: runtime,
          hub,
          ...(clock !== undefined && { clock }),
          ...(random !== undefined && { random }),
        })
  return Object.assign(runtime, { context, reporter, close: async () => reporter?.close() })
}
