import type { Pipeline, PipelineOptions, Policy, ResultOf } from 'breakwater'
import type { IncomingHttpHeaders } from 'node:http'
import type { Route } from '../http/route.ts'
import type { BreakerDiary } from './breaker-diary.ts'
import type { OwnCounts } from './own-counts.ts'

/** Makes a pipeline whose calls the service's runtime counts and reports. */
export type MakePipeline = <const P extends readonly Policy<unknown>[]>(
  options: PipelineOptions<P> & { readonly operation: string },
) => Pipeline<ResultOf<P>>

/** What a service has to be observed with: Breakwater's runtime and reporter, and books of its own beside them. */
export interface Instruments {
  readonly service: string
  /** This process, as it names itself to the hub. */
  readonly instance: string
  readonly counts: OwnCounts
  readonly diary: BreakerDiary
  readonly makePipeline: MakePipeline
  /** Runs `fn` within the trace that the headers of a request name. */
  inRequest<T>(headers: IncomingHttpHeaders, fn: () => T): T
  /** Headers that carry the trace on to the next service. */
  outgoingHeaders(): Readonly<Record<string, string>>
  /** Sends the last report. */
  close(): Promise<void>
}

/** The routes, each run within the trace of its request. */
export function traced(routes: readonly Route[], { inRequest }: Instruments): readonly Route[] {
  return routes.map((route) => ({
    ...route,
    run: (request) => inRequest(request.headers, () => route.run(request)),
  }))
}
