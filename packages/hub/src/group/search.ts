import type { SearchView } from 'breakwater/protocol'
import type { GroupRecord } from '../store/group-store.ts'
import type { Store } from '../store/store.ts'

type Hit = SearchView['hits'][number]

const maxHits = 20
const maxOfKind = 8

/** Finds services, operations, policies, groups and traces by part of their name; a trace by its whole id. */
export async function search(store: Store, text: string): Promise<SearchView> {
  if (/^[0-9a-f]{32}$/i.test(text)) return { hits: await searchTrace(store, text.toLowerCase()) }
  const services = await store.instances.searchServices(text, maxOfKind)
  const operations = await store.outcomes.search(text, maxOfKind)
  const policies = await store.policies.search(text, maxOfKind)
  const groups = await store.groups.search(text, maxOfKind)
  const hits: Hit[] = [
    ...services.map((service): Hit => ({ kind: 'service', title: service, service, id: service })),
    ...operations.map(({ service, operation }): Hit => ({
      kind: 'operation',
      title: operation,
      service,
      id: operation,
    })),
    ...policies.map(({ service, kind, name }): Hit => ({
      kind: 'policy',
      title: `${name} (${kind})`,
      service,
      id: name,
    })),
    ...groups.map((group): Hit => groupHit('group', group)),
  ]
  return { hits: exactFirst(hits, text).slice(0, maxHits) }
}

async function searchTrace(store: Store, traceId: string): Promise<readonly Hit[]> {
  const groups = await store.groups.searchTrace(traceId, maxHits)
  return groups.map((group) => groupHit('trace', group))
}

function groupHit(kind: 'group' | 'trace', { name, message, fingerprint }: GroupRecord): Hit {
  return { kind, title: `${name}: ${message}`, service: null, id: fingerprint }
}

function exactFirst(hits: readonly Hit[], text: string): readonly Hit[] {
  const wanted = text.toLowerCase()
  const rank = ({ id }: Hit): number => {
    if (id.toLowerCase() === wanted) return 0
    return id.toLowerCase().startsWith(wanted) ? 1 : 2
  }
  return hits.toSorted((a, b) => rank(a) - rank(b))
}
