import { createRuntime, systemClock, systemRandom } from 'breakwater'
import { contextFromHeaders, createContext, createReporter, headersFromContext } from 'breakwater/node'
import { hostname } from 'node:os'
import type { ServiceSettings } from '../process/service-settings.ts'
import { breakerDiary } from './breaker-diary.ts'
import type { Instruments } from './instruments.ts'
import { ownCounts } from './own-counts.ts'

/** Observes a service: counts its calls, reports them to its hub, and carries traces on. */
export function instrument({ name, hubUrl, dataDir }: ServiceSettings): Instruments {
  const context = createContext()
  const runtime = createRuntime({
    ...{ service: name, environment: 'demo', host: hostname(), pid: process.pid },
    currentTrace: () => context.get(),
  })
  const reporter =
    hubUrl === null
      ? undefined
      : createReporter({
          source: runtime,
          hub: { url: hubUrl },
          spoolDir: `${dataDir}/spool`,
          maxBackoffMs: 1_000,
        })
  const headerOptions = { random: systemRandom, now: () => systemClock.now() }
  return {
    service: name,
    instance: runtime.identity.instance,
    counts: ownCounts(),
    diary: breakerDiary(systemClock),
    makePipeline: (options) => runtime.pipeline(options),
    inRequest: (headers, fn) => context.run(contextFromHeaders(headers, headerOptions), fn),
    outgoingHeaders: () => headersFromContext(context.get(), headerOptions),
    close: async () => reporter?.close(),
  }
}
