import type { OverviewView } from 'breakwater/protocol'
import type { ViewName } from '../shared/router/route.ts'

/** How many things of each view need a person: failing services, breakers that are not closed or are held. */
export function attentionCounts(view: OverviewView | undefined): Partial<Record<ViewName, number>> {
  if (!view) return {}
  return {
    services: view.services.filter(({ state }) => state === 'failing').length,
    policies: view.breakers.length,
  }
}
