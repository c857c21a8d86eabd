import type { BreakerFacts, BreakerState, Override, PolicyView, StripSegment } from 'breakwater/protocol'
import { isBroken, outages, type World } from './world.ts'

/** The overrides in force, by `service/policy`. */
export type Overrides = ReadonlyMap<string, Override>

interface Seed {
  readonly service: string
  readonly name: string
  readonly followsPayments?: boolean
}

const seeds: readonly Seed[] = [
  { service: 'storefront', name: 'payments', followsPayments: true },
  { service: 'storefront', name: 'inventory' },
  { service: 'storefront', name: 'recommendations' },
  { service: 'inventory', name: 'sqlite' },
]

const openMs = 5_000

/** The policies of the pretended fleet at a time. */
export function policiesAt(
  world: World,
  overrides: Overrides,
  { from, to }: { from: number; to: number },
): PolicyView[] {
  return [...seeds.map((seed) => breakerPolicy(world, seed, { overrides, from, to })), ...otherPolicies]
}

function breakerPolicy(
  world: World,
  seed: Seed,
  { overrides, from, to }: { overrides: Overrides; from: number; to: number },
): PolicyView {
  const { service, name } = seed
  const override = overrides.get(`${service}/${name}`) ?? null
  const facts = breakerFacts(world, seed, { override, at: to })
  const instances = [1, 2].map((n) => ({
    instance: `${service}-7c9f-${n}`,
    lastSeenAt: to - n * 300,
    gauges: {},
    breaker: {
      ...facts,
      windowCalls: Math.round(facts.windowCalls / 2),
      windowFailures: Math.round(facts.windowFailures / 2),
    },
  }))
  return {
    service,
    kind: 'circuit-breaker',
    name,
    counters: {
      admitted: 9_214,
      rejected: seed.followsPayments ? 3_120 : 0,
      opened: seed.followsPayments ? 2 : 0,
    },
    gauges: {},
    instances,
    breaker: {
      facts,
      appliedOverride: facts.override,
      override,
      strip: stripOf(world, seed, { override, from, to }),
    },
  }
}

function breakerFacts(
  world: World,
  seed: Seed,
  { override, at }: { override: Override | null; at: number },
): BreakerFacts {
  const isOpen = seed.followsPayments === true && isBroken(world, at)
  const openedAt = (outages(world).at(-1)?.[0] ?? at) + 1_200
  const state: BreakerState = isOpen ? 'open' : 'closed'
  return {
    state,
    override: override?.mode ?? 'automatic',
    since: isOpen ? openedAt : world.startedAt - 3_600_000,
    reason: isOpen ? '62 % of 120 calls failed in 30 s' : '',
    windowCalls: isOpen ? 120 : 412,
    windowFailures: isOpen ? 74 : 3,
    windowMs: seed.name === 'sqlite' ? 0 : 30_000,
    failureRatio: 0.5,
    threshold: seed.name === 'sqlite' ? 5 : 0,
    minimumCalls: 20,
    nextTrialAt: isOpen ? at + openMs - (at % openMs) : null,
    closesWhen: isOpen ? '3 trial calls in a row succeed' : '',
  }
}

function stripOf(
  world: World,
  seed: Seed,
  { override, from, to }: { override: Override | null; from: number; to: number },
): StripSegment[] {
  const edges = seed.followsPayments
    ? outages(world).flatMap(([broke, back]) => [broke + 1_200, back, back + 3_000])
    : []
  const cuts = [from, ...edges, world.startedAt - 14.2 * 60_000, override?.at ?? from, to]
  const inRange = [...new Set(cuts)].filter((cut) => cut >= from && cut <= to).sort((a, b) => a - b)
  return inRange.slice(0, -1).map((start, i) => ({
    from: start,
    to: inRange[i + 1] ?? to,
    state: stateAt(world, seed, { override, at: start }),
  }))
}

function stateAt(
  world: World,
  seed: Seed,
  { override, at }: { override: Override | null; at: number },
): StripSegment['state'] {
  if (at < world.startedAt - 14.2 * 60_000) return 'unknown'
  if (override && override.mode !== 'automatic' && at >= override.at) return override.mode
  if (!seed.followsPayments) return 'closed'
  if (isBroken(world, at - 1_200)) return 'open'
  return isBroken(world, at - 3_000) ? 'half-open' : 'closed'
}

const otherPolicies: readonly PolicyView[] = [
  other('bulkhead', 'payments', {
    gauges: { active: 4, queued: 0, limit: 10 },
    counters: { admitted: 8_102, rejected: 12 },
  }),
  other('retry', 'payments.charge', {
    gauges: {},
    counters: { retried: 1_840, succeededAfterRetry: 412, exhausted: 903 },
  }),
  other('timeout', 'payments.charge', { gauges: {}, counters: { timedOut: 88 } }),
  other('fallback', 'payments.charge', { gauges: {}, counters: { used: 3_012 } }),
  other('retry-budget', 'outgoing', { gauges: { tokens: 12.5, capacity: 40 }, counters: { exhausted: 210 } }),
]

function other(
  kind: PolicyView['kind'],
  name: string,
  figures: Pick<PolicyView, 'gauges' | 'counters'>,
): PolicyView {
  return { service: 'storefront', kind, name, ...figures, instances: [], breaker: null }
}
