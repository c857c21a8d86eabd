import type { UseQueryResult } from '@tanstack/react-query'
import type { LiveTick, ServiceDetailView } from 'breakwater/protocol'
import { useCallback } from 'react'
import { apiPath, getJson } from '../../../shared/http/request.ts'
import { type Urgency, useLiveQuery } from '../../../shared/live/use-live-query.ts'
import { usePage } from '../../../shared/page-context.tsx'
import { rangeKey, spanOf } from '../../../shared/range/range.ts'
import { useRange } from '../../../shared/range/use-range.ts'

/** Which service, and the operation that its charts are about; empty for all. */
export interface ServiceChoice {
  readonly service: string
  readonly operation: string
}

/** One service with its instances, operations, policies and figures over time. */
export function useService({ service, operation }: ServiceChoice): UseQueryResult<ServiceDetailView> {
  const { clock } = usePage()
  const range = useRange()
  const urgencyOf = useCallback(
    (tick: LiveTick): Urgency => (tick.changedServices.includes(service) ? 'soon' : 'later'),
    [service],
  )
  return useLiveQuery({
    queryKey: ['service', service, operation, rangeKey(range)],
    queryFn: ({ signal }) => {
      const params = { ...spanOf(range, clock.now()), operation }
      return getJson<ServiceDetailView>(apiPath('services', service), params, signal)
    },
    placeholderData: (previous) => (previous?.service === service ? previous : undefined),
    isLive: range.kind === 'live',
    urgencyOf,
  })
}
