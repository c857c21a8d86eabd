export { createRuntime, type NodeRuntime, type NodeRuntimeOptions } from './node-runtime.ts'
export { type ContextValues, createContext, type RuntimeContext } from './context.ts'
export {
  contextFromHeaders,
  deadlineHeader,
  type HeaderOptions,
  headersFromContext,
  type IncomingHeaders,
} from './context-headers.ts'
export { formatBaggage, parseBaggage } from './baggage.ts'
export { type HubAddress } from './hub-client.ts'
export { type CollectedFacts } from '../runtime/collected-facts.ts'
export { type ReportSource } from './report-source.ts'
export { createReporter, type Reporter, type ReporterStatus } from './reporter.ts'
export { reporterDefaults, type ReporterOptions, type ReporterProblem } from './reporter-options.ts'
export {
  formatTraceparent,
  normalizeTracestate,
  parseTraceparent,
  type TraceContext,
} from './trace-context.ts'
export { newSpanId, newTraceId, type TraceIdSource } from './trace-ids.ts'
