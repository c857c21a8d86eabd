import type { ServiceSummary } from 'breakwater/protocol'

/** What the list of services is narrowed to; empty means all. */
export interface ServiceFilters {
  readonly q: string
  readonly state: string
}

const order = { failing: 0, degraded: 1, unknown: 2, ok: 3 } as const

/** The services that match, the worst first, those alike by name: no line moves because a figure changed. */
export function matchServices(
  services: readonly ServiceSummary[],
  { q, state }: ServiceFilters,
): ServiceSummary[] {
  const text = q.toLowerCase()
  return services
    .filter((service) => state === '' || service.state === state)
    .filter((service) => service.service.toLowerCase().includes(text))
    .sort((a, b) => order[a.state] - order[b.state] || (a.service < b.service ? -1 : 1))
}

/** The filters as one would type them; empty without any. */
export function serviceFilterWords({ q, state }: ServiceFilters): string {
  return [state === '' ? '' : `state:${state}`, q === '' ? '' : `"${q}"`]
    .filter((word) => word !== '')
    .join(' ')
}
