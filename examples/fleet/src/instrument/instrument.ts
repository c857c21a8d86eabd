import { systemClock, systemRandom } from 'breakwater'
import { contextFromHeaders, createRuntime, headersFromContext } from 'breakwater/node'
import type { ServiceSettings } from '../process/service-settings.ts'
import { breakerDiary } from './breaker-diary.ts'
import type { Instruments } from './instruments.ts'
import { ownCounts } from './own-counts.ts'

/** Observes a service: counts its calls, reports them to its hub, and carries traces on. */
export function instrument({ name, hubUrl, dataDir }: ServiceSettings): Instruments {
  const runtime = createRuntime({
    ...{ service: name, version: '1.0.0', environment: 'demo' },
    ...(hubUrl !== null && { hub: { url: hubUrl } }),
    reporter: { spoolDir: `${dataDir}/spool`, maxBackoffMs: 1_000 },
  })
  const { context } = runtime
  const headerOptions = { random: systemRandom, now: () => systemClock.now() }
  return {
    service: name,
    instance: runtime.identity.instance,
    counts: ownCounts(),
    diary: breakerDiary(systemClock),
    makePipeline: (options) => runtime.pipeline(options),
    inRequest: (headers, fn) => context.run(contextFromHeaders(headers, headerOptions), fn),
    outgoingHeaders: () => headersFromContext(context.get(), headerOptions),
    close: () => runtime.close(),
  }
}
