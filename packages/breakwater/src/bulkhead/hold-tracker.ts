import type { RunOptions } from '../pipeline/call-context.ts'
import type { BreachGuard } from './breach-guard.ts'
import type { ResolvedBulkheadOptions } from './bulkhead-options.ts'
import { Hold } from './hold.ts'
import type { SlotSeeker } from './slot-seeker.ts'
import type { Tier } from './tier.ts'

const noArgs: readonly unknown[] = Object.freeze([])

/** Knows who holds which slot: for bulkheads with tiers or with a guard against breaches. */
export class HoldTracker {
  readonly #options: ResolvedBulkheadOptions
  readonly #tiers: ReadonlyMap<string, Tier>
  readonly #lastTier: Tier | undefined
  readonly #guard: BreachGuard

  constructor(options: ResolvedBulkheadOptions, tiers: readonly Tier[], guard: BreachGuard) {
    this.#options = options
    this.#tiers = new Map(tiers.map((tier) => [tier.name, tier]))
    this.#lastTier = tiers.at(-1)
    this.#guard = guard
  }

  /** What is kept of the slot that a run may get. It lives as long as the run's object, which is used again: so is this. */
  prepare(run: SlotSeeker, index: number): Hold {
    const hold = (run.permits[index] as Hold | undefined) ?? new Hold(this.#guard)
    run.permits[index] = hold
    hold.tier = this.#tierOf(run.operation, run.call.options)
    return hold
  }

  /** The slot was taken. */
  begin(hold: Hold): void {
    if (hold.tier !== undefined) hold.tier.active++
    this.#guard.begin(hold)
  }

  /** The slot was given back. */
  end(hold: Hold): void {
    if (hold.tier !== undefined) hold.tier.active--
    this.#guard.end(hold)
  }

  #tierOf(operation: string, options: RunOptions | undefined): Tier | undefined {
    if (this.#lastTier === undefined) return undefined
    const name = this.#options.tierOf === undefined ? options?.key : this.#ask(operation, options)
    return name === undefined ? this.#lastTier : (this.#tiers.get(name) ?? this.#lastTier)
  }

  #ask(operation: string, options: RunOptions | undefined): string | undefined {
    const { key = '', criticality = 'normal', args = noArgs } = options ?? {}
    try {
      return this.#options.tierOf?.({ operation, key, criticality, args })
    } catch {
      return undefined
    }
  }
}
