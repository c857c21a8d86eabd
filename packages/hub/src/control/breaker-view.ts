import type { BreakerFacts, BreakerView, Override } from 'breakwater/protocol'
import { silentAfterMs } from '../health/instance-life.ts'
import type { InstanceRecord } from '../store/instance-store.ts'
import type { BreakerChange } from '../store/policy-store.ts'
import { breakerStrip } from './breaker-strip.ts'
import type { PolicyViewQuery } from './policy-view-query.ts'
import type { Speaker } from './speaker.ts'

/** What a breaker's view is made of. */
interface BreakerMaterial {
  readonly speakers: readonly Speaker[]
  readonly changes: readonly BreakerChange[]
  readonly override: Override | null
  readonly instances: ReadonlyMap<number, InstanceRecord>
  readonly query: PolicyViewQuery
}

const worstFirst: readonly string[] = ['forced-open', 'open', 'half-open', 'forced-closed', 'closed']

/** A breaker over all its instances: the worst of them speaks. Null when nothing is known of it any more. */
export function breakerView(material: BreakerMaterial): BreakerView | null {
  const facts = worstOf(
    material.speakers.flatMap(({ state }) => (state.breaker === null ? [] : [state.breaker])),
  )
  if (facts === undefined) return null
  const { range, now } = material.query
  const strip = breakerStrip({
    from: range.from,
    to: Math.max(range.from, Math.min(range.to, now)),
    changes: material.changes,
    lives: livesOf(material, now),
  })
  return { facts, appliedOverride: facts.override, override: material.override, strip }
}

function worstOf(all: readonly BreakerFacts[]): BreakerFacts | undefined {
  return all.toSorted((a, b) => rankOf(a) - rankOf(b))[0]
}

function rankOf(facts: BreakerFacts): number {
  return worstFirst.indexOf(facts.override === 'automatic' ? facts.state : facts.override)
}

function livesOf(
  { changes, instances }: BreakerMaterial,
  now: number,
): Map<number, { from: number; to: number }> {
  const lives = new Map<number, { from: number; to: number }>()
  for (const { instanceId } of changes) {
    const instance = instances.get(instanceId)
    if (instance === undefined) continue
    const silentAt = instance.lastSeenAt + (instance.state === 'running' ? silentAfterMs : 0)
    const isStillThere = instance.state === 'running' && silentAt >= now
    lives.set(instanceId, { from: instance.firstSeenAt, to: isStillThere ? Infinity : silentAt })
  }
  return lives
}
