import type { Override, PolicyInstanceView, PolicyView } from 'breakwater/protocol'
import { isLive, silentAfterMs } from '../health/instance-life.ts'
import type { InstanceRecord } from '../store/instance-store.ts'
import type { BreakerChange, PolicyKey, PolicyStateRecord } from '../store/policy-store.ts'
import type { Store } from '../store/store.ts'
import { breakerView } from './breaker-view.ts'
import type { PolicyViewQuery } from './policy-view-query.ts'
import type { Speaker } from './speaker.ts'

const maxInstances = 100

/** Everything that is read for a list of policies. */
interface Material {
  readonly counters: ReadonlyMap<string, Readonly<Record<string, number>>>
  readonly states: ReadonlyMap<string, PolicyStateRecord[]>
  readonly changes: ReadonlyMap<string, BreakerChange[]>
  readonly overrides: ReadonlyMap<string, Override>
  readonly instances: ReadonlyMap<number, InstanceRecord>
}

/** Policies as they are shown: counters over the range, gauges and states as of now, all instances merged. */
export async function readPolicyViews(store: Store, query: PolicyViewQuery): Promise<PolicyView[]> {
  const { range, now, service, environment, kind } = query
  const filter = {
    ...(service === undefined ? {} : { service }),
    ...(environment === undefined ? {} : { environment }),
    ...(kind === undefined ? {} : { kind }),
  }
  const since = Math.min(range.from, now - silentAfterMs)
  const instances = await store.instances.recent(
    environment === undefined ? { since } : { since, environment },
  )
  const material: Material = {
    counters: new Map(
      (await store.policies.counters({ ...filter, ...range.coarse })).map((c) => [idOf(c), c.counters]),
    ),
    states: Map.groupBy(await store.policies.states(filter), idOf),
    changes: Map.groupBy(
      await store.policies.breakerChanges({ ...filter, from: range.from, to: now }),
      breakerIdOf,
    ),
    overrides: new Map(
      (await store.overrides.all()).map((override) => [`${override.service}\n${override.policy}`, override]),
    ),
    instances: new Map(instances.map((instance) => [instance.id, instance])),
  }
  return (await store.policies.list(filter)).map((key) => policyView(key, material, query))
}

function policyView(key: PolicyKey, material: Material, query: PolicyViewQuery): PolicyView {
  const speakers = speakersOf(material.states.get(idOf(key)) ?? [], material, query.now)
  const changes = material.changes.get(breakerIdOf(key)) ?? []
  const override = material.overrides.get(breakerIdOf(key)) ?? null
  const { instances } = material
  const isBreaker = key.kind === 'circuit-breaker'
  return {
    ...key,
    counters: material.counters.get(idOf(key)) ?? {},
    gauges: sumGauges(speakers.filter(({ isLive }) => isLive).map(({ state }) => state.gauges)),
    instances: speakers.slice(0, maxInstances).map(instanceOf),
    breaker: isBreaker ? breakerView({ speakers, changes, override, instances, query }) : null,
  }
}

// The live instances; when there are none, the one that was heard last.
function speakersOf(states: readonly PolicyStateRecord[], { instances }: Material, now: number): Speaker[] {
  const known = states.flatMap((state): Speaker[] => {
    const instance = instances.get(state.instanceId)
    return instance === undefined ? [] : [{ state, instance, isLive: isLive(instance, now) }]
  })
  const newestFirst = known.sort((a, b) => b.instance.lastSeenAt - a.instance.lastSeenAt)
  const live = newestFirst.filter((speaker) => speaker.isLive)
  return live.length > 0 ? live : newestFirst.slice(0, 1)
}

function instanceOf({ state, instance }: Speaker): PolicyInstanceView {
  const { gauges, breaker } = state
  return { instance: instance.instance, lastSeenAt: instance.lastSeenAt, gauges, breaker }
}

function sumGauges(all: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>()
  for (const gauges of all) {
    for (const [name, value] of Object.entries(gauges)) sums.set(name, (sums.get(name) ?? 0) + value)
  }
  return Object.fromEntries(sums)
}

function idOf({ service, kind, name }: PolicyKey): string {
  return `${service}\n${kind}\n${name}`
}

function breakerIdOf({ service, name }: { readonly service: string; readonly name: string }): string {
  return `${service}\n${name}`
}
