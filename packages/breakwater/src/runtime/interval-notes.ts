import type { EventFacts, EventType, PolicyFacts, PolicyKind } from '../protocol/index.ts'

/** A condition that a counter shows: it begins when the counter moves, and ends when it has stood still. */
interface Condition {
  readonly counter: string
  readonly began: EventType
  readonly ended: EventType
  readonly says: (count: number) => string
  readonly saysAfter: string
}

const conditions: Readonly<Partial<Record<PolicyKind, Condition>>> = {
  'retry-budget': {
    counter: 'refused',
    began: 'BudgetExhausted',
    ended: 'BudgetRecovered',
    says: (count) => `the budget is spent and refused ${count} retries or hedges`,
    saysAfter: 'the budget suffices again',
  },
  'rate-limiter': {
    counter: 'rejected',
    began: 'RateLimitReached',
    ended: 'RateLimitRecovered',
    says: (count) => `the rate limit is reached, ${count} calls were refused`,
    saysAfter: 'calls are within the rate limit again',
  },
  'concurrency-limiter': {
    counter: 'rejected',
    began: 'LimitExceeded',
    ended: 'LimitRecovered',
    says: (count) => `more calls at once than the limit allows, ${count} were refused`,
    saysAfter: 'calls are within the limit again',
  },
  chaos: {
    counter: 'injected',
    began: 'ChaosStarted',
    ended: 'ChaosEnded',
    says: (count) => `chaos is on and harmed ${count} calls on purpose`,
    saysAfter: 'chaos harms no calls any more',
  },
}

/** A condition that comes and goes within this is one. */
const quietMs = 30_000

/**
 * Events of what happens by the thousand, made from the counters of an interval: one when it begins, and one when it has
 * not happened for half a minute.
 */
export class IntervalNotes {
  /** When each condition was last seen. */
  readonly #seenAt = new Map<string, number>()
  /** The limits that were told last. */
  readonly #limits = new Map<string, number>()

  /** What there is to say of an interval. */
  of(policies: readonly PolicyFacts[], at: number): readonly EventFacts[] {
    return policies.flatMap((facts) => [
      ...this.#refusedRetries(facts, at),
      ...this.#condition(facts, at),
      ...this.#limit(facts, at),
    ])
  }

  *#refusedRetries({ kind, name: policy, counters }: PolicyFacts, at: number): Iterable<EventFacts> {
    const refused = kind === 'retry' ? (counters['budgetRefused'] ?? 0) : 0
    if (refused === 0) return
    const message = `${policy}: the budget refused ${refused} retries`
    yield { type: 'RetryBudgetExhausted', at, policy, message, details: { refused } }
  }

  *#condition({ kind, name: policy, counters }: PolicyFacts, at: number): Iterable<EventFacts> {
    const condition = conditions[kind]
    if (condition === undefined) return
    const key = `${kind}/${policy}`
    const count = counters[condition.counter] ?? 0
    const seenAt = this.#seenAt.get(key)
    if (count > 0) this.#seenAt.set(key, at)
    if (count > 0 && seenAt === undefined) {
      const message = `${policy}: ${condition.says(count)}`
      yield { type: condition.began, at, policy, message, details: { [condition.counter]: count } }
    }
    if (count > 0 || seenAt === undefined || at - seenAt < quietMs) return
    this.#seenAt.delete(key)
    yield { type: condition.ended, at, policy, message: `${policy}: ${condition.saysAfter}` }
  }

  /** A limit moves with each sample: told is what halves or doubles it. */
  *#limit({ kind, name: policy, gauges }: PolicyFacts, at: number): Iterable<EventFacts> {
    const to = gauges['limit']
    if (kind !== 'concurrency-limiter' || to === undefined) return
    const from = this.#limits.get(policy) ?? to
    const isNews = to >= 2 * from || to <= from / 2
    if (isNews || !this.#limits.has(policy)) this.#limits.set(policy, to)
    if (!isNews || to === from) return
    const message = `${policy}: the limit went from ${Math.round(from)} to ${Math.round(to)} calls at once`
    yield { type: 'LimitChanged', at, policy, message, details: { from, to } }
  }
}
