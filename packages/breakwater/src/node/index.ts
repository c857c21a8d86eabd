export { createRuntime, type NodeRuntime, type NodeRuntimeOptions } from './node-runtime.ts'
export { type ContextValues, createContext, type RuntimeContext } from './context.ts'
export {
  contextFromHeaders,
  deadlineHeader,
  type HeaderOptions,
  headersFromContext,
  type IncomingHeaders,
  type OutgoingHeaderOptions,
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
export { type CloseOptions } from './closing.ts'
export { workerBulkhead } from './worker-pool/worker-bulkhead.ts'
export {
  type TaskInput,
  type TaskName,
  type TaskResult,
  type UntypedTasks,
  type WorkerBulkhead,
  type WorkerRunOptions,
} from './worker-pool/worker-bulkhead-api.ts'
export {
  isWorkerBulkheadClosedError,
  isWorkerLostError,
  WorkerBulkheadClosedError,
  type WorkerLoss,
  WorkerLostError,
  type WorkerLostFacts,
} from './worker-pool/worker-bulkhead-errors.ts'
export {
  type WorkerBulkheadEvent,
  type WorkerBulkheadSaturated,
  type WorkerLost,
  type WorkerRetired,
  type WorkerStarted,
} from './worker-pool/worker-bulkhead-events.ts'
export { workerBulkheadDefaults, type WorkerBulkheadOptions } from './worker-pool/worker-bulkhead-options.ts'
export { type Transferable, transferred, type Transferred } from './worker-pool/transferred.ts'
export { resourcePool } from './resource-pool/resource-pool.ts'
export {
  type AcquireOptions,
  type HealReport,
  type Lease,
  type ResourcePool,
} from './resource-pool/resource-pool-api.ts'
export {
  isResourceUnavailableError,
  type ResourceRefusal,
  ResourceUnavailableError,
  type ResourceUnavailableFacts,
} from './resource-pool/resource-errors.ts'
export {
  type LeaseOverdue,
  type RemovalReason,
  type ResourceCreated,
  type ResourceCreationFailed,
  type ResourceDestructionFailed,
  type ResourcePoolEvent,
  type ResourceRemoved,
} from './resource-pool/resource-pool-events.ts'
export { resourcePoolDefaults, type ResourcePoolOptions } from './resource-pool/resource-pool-options.ts'
