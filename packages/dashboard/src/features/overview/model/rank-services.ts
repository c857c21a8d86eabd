import type { HealthState, ServiceSummary } from 'breakwater/protocol'

const order: Readonly<Record<HealthState, number>> = { failing: 0, degraded: 1, unknown: 2, ok: 3 }

/** Services, the worst first, those alike by name: no line moves because a figure changed. */
export function rankServices(services: readonly ServiceSummary[]): ServiceSummary[] {
  return [...services].sort((a, b) => order[a.state] - order[b.state] || (a.service < b.service ? -1 : 1))
}
