import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Criticality, RunOptions } from '../pipeline/call-context.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { Bulkhead } from './bulkhead-api.ts'
import type { BulkheadFullError } from './bulkhead-errors.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'
import { bulkhead } from './bulkhead.ts'

const shares: Readonly<Record<string, number>> = { premium: 0.5, standard: 0.25, free: 0.25 }
const ranks: readonly Criticality[] = ['critical', 'high', 'normal', 'low']

const kinds: Readonly<Record<string, BulkheadOptions>> = {
  fifo: {},
  'longest wait': { maxWaitMs: 30 },
  lifo: { order: 'lifo' },
  codel: { order: 'codel', targetMs: 5, intervalMs: 20 },
  criticality: { order: 'criticality', maxOvertakes: 2 },
  tiers: { tiers: shares },
  'shed while held too long': { breach: { maxHoldMs: 25, mitigation: 'shed-low' } },
  'fewer while held too long': { tiers: shares, breach: { maxHoldMs: 25, mitigation: 'lower-limit' } },
}

/** Uses a slot until it is told to stop; `started` is called when it has one. */
type Use = (slots: Bulkhead, options: RunOptions, started: (stop: () => void) => void) => Promise<unknown>

const byRun: Use = (slots, options, started) => slots.run(() => new Promise<void>(started), options)
const byHand: Use = async (slots, options, started) => {
  const permit = await slots.acquire(options)
  started(() => permit.release())
}

/** Some who use a bulkhead, and what has become of each. */
class World {
  readonly clock = new FakeClock()
  readonly fates: string[] = []
  readonly slots: Bulkhead
  readonly #use: Use
  readonly #stops = new Map<number, () => void>()
  readonly #callers: AbortController[] = []

  constructor(kind: string, use: Use) {
    this.slots = bulkhead({ ...kinds[kind], limit: 2, queue: 4, clock: this.clock })
    this.#use = use
  }

  arrive(options: RunOptions): void {
    const id = this.fates.push('waits') - 1
    const caller = new AbortController()
    this.#callers.push(caller)
    const started = (stop: () => void): void => {
      this.fates[id] = 'started'
      this.#stops.set(id, stop)
    }
    const fail = (error: BulkheadFullError): void => void (this.fates[id] = error.reason ?? 'aborted')
    this.#use(this.slots, { ...options, signal: caller.signal }, started).catch(fail)
  }

  /** Ends the use of one of those that were started. */
  stop(choice: number): void {
    const [id, stop] = [...this.#stops][choice % Math.max(1, this.#stops.size)] ?? []
    this.#stops.delete(id ?? -1)
    stop?.()
  }

  /** Aborts one of those that wait. */
  abort(choice: number): void {
    const waiting = this.#callers.filter((_, id) => this.fates[id] === 'waits')
    waiting[choice % Math.max(1, waiting.length)]?.abort(new Error('gone'))
  }

  get state(): unknown {
    const { stats, tiers } = { stats: this.slots.stats(), tiers: this.slots.tiers }
    return { fates: this.fates, stats, tiers, breach: this.slots.detectBreach() }
  }
}

const steps = fc.array(
  fc.record({
    do: fc.constantFrom('arrive', 'arrive', 'arrive', 'stop', 'abort', 'time'),
    choice: fc.nat(11),
  }),
  { maxLength: 40 },
)

async function play(world: World, { do: what, choice }: { do: string; choice: number }): Promise<void> {
  const key = Object.keys(shares)[choice % 3] ?? ''
  if (what === 'arrive') world.arrive({ criticality: ranks[choice % 4] ?? 'normal', key })
  else if (what === 'stop') world.stop(choice)
  else if (what === 'abort') world.abort(choice)
  await world.clock.advance(what === 'time' ? choice : 0)
}

describe('bulkhead().acquire()', () => {
  it.each(Object.keys(kinds))('is let in, refused and counted as run() is: %s', async (kind) => {
    const property = fc.asyncProperty(steps, async (sequence) => {
      const [runs, hands] = [new World(kind, byRun), new World(kind, byHand)]

      for (const step of sequence) await Promise.all([play(runs, step), play(hands, step)])

      expect(hands.state).toEqual(runs.state)
    })
    await fc.assert(property, { numRuns: 60 })
  })
})
