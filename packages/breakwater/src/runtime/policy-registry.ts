import { wireName } from '../faults/wire-name.ts'
import type { Policy, PolicyStats } from '../pipeline/policy.ts'
import { type PolicyFacts, type PolicyKind, policyKinds, reportLimits } from '../protocol/index.ts'

/** What a registry needs of a policy: a budget has it as well, though it is no policy of a pipeline. */
export type Reported = Pick<Policy<unknown>, 'kind' | 'name' | 'stats'>

interface Entry {
  readonly kind: PolicyKind
  readonly name: string
  policy: Reported
  /** What the place had counted when this policy took it, without what the policy itself had counted by then. */
  base: Counters
  collected: Counters
}

type Counters = Readonly<Record<string, number>>

const reportedKinds: ReadonlySet<string> = new Set(policyKinds)

/** The policies of a service under the names that reports and orders use; bounded. */
export class PolicyRegistry {
  readonly #entries = new Map<string, Entry>()
  readonly #known = new Map<Reported, string>()
  #dropped = 0

  /** How often a policy was refused as there are too many. */
  get dropped(): number {
    return this.#dropped
  }

  /** Whether a policy was added. */
  has(policy: Reported): boolean {
    return this.#known.has(policy)
  }

  /**
   * Adds a policy once and gives its name: its own if nobody else of its kind has it, otherwise with a number behind.
   * Undefined when it is not reported: of a kind that has no facts, or beyond the limit.
   */
  add(policy: Reported, name: string): string | undefined {
    const known = this.#known.get(policy)
    if (known !== undefined) return known
    if (!isReported(policy.kind)) return undefined
    if (this.#entries.size >= reportLimits.policies) {
      this.#dropped++
      return undefined
    }
    const free = this.#freeName(policy.kind, wireName(name).slice(0, 190))
    this.#entries.set(`${policy.kind}/${free}`, {
      kind: policy.kind,
      name: free,
      policy,
      base: {},
      collected: {},
    })
    this.#known.set(policy, free)
    return free
  }

  /**
   * Puts a policy in the place of one of the same kind and gives that one's name; its counts go on, also when the policy was
   * there before. Undefined when there is no such place.
   */
  takeOver(before: Reported, policy: Reported): string | undefined {
    const name = this.#known.get(before)
    const entry = this.#entries.get(`${policy.kind}/${name}`)
    if (name === undefined || entry?.policy !== before) return undefined
    entry.base = baseOf(statsOf(entry).counters, policy.stats().counters)
    entry.policy = policy
    this.#known.delete(before)
    this.#known.set(policy, name)
    return name
  }

  /** All policies of one kind, by name. */
  ofKind(kind: PolicyKind): readonly { readonly name: string; readonly policy: Reported }[] {
    return [...this.#entries.values()].filter((entry) => entry.kind === kind)
  }

  /** Everything since the start. */
  all(): readonly PolicyFacts[] {
    return [...this.#entries.values()].map((entry) => factsOf(entry, statsOf(entry)))
  }

  /** Takes out what was counted since the call before. */
  collect(): readonly PolicyFacts[] {
    return [...this.#entries.values()].map((entry) => {
      const stats = statsOf(entry)
      const counters = Object.fromEntries(
        Object.entries(stats.counters).map(([key, value]) => [key, value - (entry.collected[key] ?? 0)]),
      )
      entry.collected = stats.counters
      return factsOf(entry, { ...stats, counters })
    })
  }

  #freeName(kind: string, name: string): string {
    if (!this.#entries.has(`${kind}/${name}`)) return name
    let number = 2
    while (this.#entries.has(`${kind}/${name}#${number}`)) number++
    return `${name}#${number}`
  }
}

function isReported(kind: string): kind is PolicyKind {
  return reportedKinds.has(kind)
}

/** What brings the counters of a policy to those of the place that it takes. */
function baseOf(place: Counters, own: Counters): Counters {
  const base: Record<string, number> = { ...place }
  for (const [key, value] of Object.entries(own)) base[key] = (place[key] ?? 0) - value
  return base
}

/** With what was counted before it, when it took a place. */
function statsOf({ base, policy }: Entry): PolicyStats {
  const stats = policy.stats()
  const counters: Record<string, number> = { ...base }
  for (const [key, value] of Object.entries(stats.counters)) counters[key] = (base[key] ?? 0) + value
  return { ...stats, counters }
}

function factsOf({ kind, name }: Entry, { counters, gauges, breaker }: PolicyStats): PolicyFacts {
  const known = Object.fromEntries(Object.entries(gauges).filter(([, value]) => Number.isFinite(value)))
  return { kind, name, counters, gauges: known, ...(breaker !== undefined && { breaker }) }
}
