export { type EventFacts, type EventType } from './event-facts.ts'
export {
  type FaultCategory,
  type FaultExemplar,
  type FaultFacts,
  type Retryability,
  type SerializedError,
  severities,
  type Severity,
} from './fault-facts.ts'
export {
  emptyLatency,
  latencyBucketCount,
  latencyBucketMiddleMs,
  latencyBucketOf,
  latencyCount,
  type LatencyFacts,
  latencyQuantile,
  mergeLatency,
} from './latency-facts.ts'
export { type OperationFacts } from './operation-facts.ts'
export { type ControlState, type Override } from './override.ts'
export {
  type BreakerFacts,
  type BreakerState,
  type OverrideMode,
  type PolicyFacts,
  type PolicyKind,
  policyKinds,
} from './policy-facts.ts'
export {
  type DroppedFacts,
  type InstanceIdentity,
  protocolVersion,
  type Report,
  reportLimits,
  type ReportReceipt,
} from './report.ts'
export {
  type LabFault,
  type LabFaultKind,
  type LabFaultOrder,
  type LabSecond,
  type LabSide,
  type LabTourStep,
  type LabView,
} from './views/lab-view.ts'
export {
  type ExemplarView,
  type GroupDetailView,
  type GroupListView,
  type GroupSummary,
} from './views/group-view.ts'
export {
  type LatencyView,
  type MarkView,
  type OutcomeSeries,
  type OutcomeTotals,
  type RangeView,
} from './views/outcome-view.ts'
export {
  type HubStatus,
  type LiveFigures,
  type LiveTick,
  type OverviewView,
  type SearchView,
} from './views/overview-view.ts'
export {
  type AuditEntry,
  type AuditView,
  type BreakerView,
  type PolicyInstanceView,
  type PolicyListView,
  type PolicyView,
  type StripSegment,
} from './views/policy-view.ts'
export {
  type HealthState,
  type InstanceView,
  type OperationView,
  type ServiceDetailView,
  type ServiceListView,
  type ServiceSummary,
} from './views/service-view.ts'
