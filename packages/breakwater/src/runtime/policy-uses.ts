import type { Reported } from './policy-registry.ts'

/** In how many pipelines each policy stands. */
export class PolicyUses {
  readonly #counts = new WeakMap<Reported, number>()

  /** A pipeline was made of these. */
  add(policies: readonly Reported[]): void {
    for (const policy of policies) this.#counts.set(policy, this.#of(policy) + 1)
  }

  /** A pipeline took other policies; gives those that stand in none any more. */
  swap(now: readonly Reported[], before: readonly Reported[]): Reported[] {
    this.add(now)
    for (const policy of before) this.#counts.set(policy, this.#of(policy) - 1)
    return before.filter((policy) => this.#of(policy) < 1)
  }

  #of(policy: Reported): number {
    return this.#counts.get(policy) ?? 0
  }
}
