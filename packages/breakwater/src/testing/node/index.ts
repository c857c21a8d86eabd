export { faultProxy } from './fault-proxy.ts'
export { type FaultProxy, type FaultProxyStats, type InjectedFault } from './fault-proxy-api.ts'
export {
  type ConnectionClosed,
  type ConnectionOpened,
  type DialFailed,
  type FaultProxyEvent,
  type ProxyFaultInjected,
} from './fault-proxy-events.ts'
export { faultProxyDefaults, type FaultProxyOptions, type ProxyTarget } from './fault-proxy-options.ts'
export { type BandwidthFault } from './faults/bandwidth.ts'
export { type BlackHoleFault } from './faults/black-hole.ts'
export { type CutOffFault } from './faults/cut-off.ts'
export { type DirectedFault, type ProxyFaultScope, type ProxyFaultType } from './faults/fault-settings.ts'
export { type FlowDirection } from './faults/flow-effect.ts'
export { type LatencyFault } from './faults/latency.ts'
export { type ProxyFault } from './faults/proxy-faults.ts'
export { type RefuseFault } from './faults/refuse.ts'
export { type ResetFault } from './faults/reset.ts'
export { type SliceFault } from './faults/slice.ts'
export { type SlowCloseFault } from './faults/slow-close.ts'
