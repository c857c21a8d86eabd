import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Criticality, RunOptions } from '../pipeline/call-context.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { bulkhead } from './bulkhead.ts'
import type { Bulkhead } from './bulkhead-api.ts'
import type { BulkheadOptions } from './bulkhead-options.ts'

const startLimit = 2
const queue = 4
const shares: Readonly<Record<string, number>> = { premium: 0.5, standard: 0.25, free: 0.25 }
const ranks: readonly Criticality[] = ['critical', 'high', 'normal', 'low']

interface Waiting {
  readonly id: number
  readonly criticality: Criticality
  readonly key: string
  /** It takes its slot by hand. */
  readonly isByHand: boolean
}

type Pick = (waiting: readonly Waiting[], running: readonly Waiting[]) => Waiting | undefined
type Victim = (waiting: readonly Waiting[], newcomer: Waiting) => Waiting | undefined

/** What a bulkhead should do, in the simplest words: arrays that are searched. */
class Model {
  limit = startLimit
  running: Waiting[] = []
  waiting: Waiting[] = []
  started: number[] = []
  refused: number[] = []
  readonly #pick: Pick
  readonly #victim: Victim

  constructor(pick: Pick, victim: Victim) {
    this.#pick = pick
    this.#victim = victim
  }

  arrive(call: Waiting): void {
    if (this.running.length < this.limit && this.waiting.length === 0) return this.#start(call)
    const victim = this.waiting.length < queue ? undefined : this.#victim(this.waiting, call)
    if (victim !== undefined) this.refuse(victim)
    if (this.waiting.length < queue) this.waiting.push(call)
    else this.refused.push(call.id)
  }

  end(id: number): void {
    this.running = this.running.filter((call) => call.id !== id)
    this.#letIn()
  }

  resize(limit: number): void {
    this.limit = limit
    this.#letIn()
  }

  refuse(call: Waiting): void {
    this.waiting = this.waiting.filter((other) => other !== call)
    this.refused.push(call.id)
  }

  /** A step frees one slot at most. */
  #letIn(): void {
    const next = this.running.length < this.limit ? this.#pick(this.waiting, this.running) : undefined
    if (next === undefined) return
    this.waiting = this.waiting.filter((call) => call !== next)
    this.#start(next)
  }

  #start(call: Waiting): void {
    this.running.push(call)
    this.started.push(call.id)
  }
}

/** The real one, with calls that run until they are told to end. */
class Real {
  readonly clock = new FakeClock()
  readonly slots: Bulkhead
  readonly started: number[] = []
  readonly refused: number[] = []
  readonly #ends = new Map<number, () => void>()
  readonly #callers = new Map<number, AbortController>()

  constructor(options: BulkheadOptions) {
    this.slots = bulkhead({ ...options, limit: startLimit, queue, clock: this.clock })
  }

  arrive({ id, criticality, key, isByHand }: Waiting): void {
    const caller = new AbortController()
    this.#callers.set(id, caller)
    const options: RunOptions = { criticality, key, signal: caller.signal }
    const ended = isByHand ? this.#takeByHand(id, options) : this.slots.run(() => this.#work(id), options)
    void ended.catch(() => this.refused.push(id))
  }

  end(id: number): void {
    this.#ends.get(id)?.()
  }

  abort(id: number): void {
    this.#callers.get(id)?.abort()
  }

  async #takeByHand(id: number, options: RunOptions): Promise<void> {
    const permit = await this.slots.acquire(options)
    this.started.push(id)
    this.#ends.set(id, () => {
      permit.release()
      permit.release()
    })
  }

  #work(id: number): Promise<void> {
    this.started.push(id)
    return new Promise((resolve) => this.#ends.set(id, resolve))
  }
}

const nobody: Victim = () => undefined
const rankOf = ({ criticality }: Waiting): number => ranks.indexOf(criticality)

/** The call with the least of something, the first of equals. */
function least(calls: readonly Waiting[], of: (call: Waiting) => number): Waiting | undefined {
  return calls.toSorted((a, b) => of(a) - of(b))[0]
}

function criticalityModel(maxOvertakes: number): Model {
  let overtakes = 0
  const pick: Pick = (waiting) => {
    const next = overtakes >= maxOvertakes ? waiting[0] : least(waiting, rankOf)
    overtakes = next === waiting[0] ? 0 : overtakes + 1
    return next
  }
  const victim: Victim = (waiting, newcomer) => {
    const last = least(waiting.toReversed(), (call) => -rankOf(call))
    return last !== undefined && rankOf(last) > rankOf(newcomer) ? last : undefined
  }
  return new Model(pick, victim)
}

function tierModel(): Model {
  const share = ({ key }: Waiting): number => shares[key] ?? 0
  const count = (calls: readonly Waiting[], key: string): number =>
    calls.filter((call) => call.key === key).length
  const tierOrder = (waiting: readonly Waiting[]): Waiting[] =>
    Object.keys(shares).flatMap((key) => waiting.filter((call) => call.key === key))
  const pick: Pick = (waiting, running) =>
    least(tierOrder(waiting), (call) => count(running, call.key) / share(call))
  const victim: Victim = (waiting, newcomer) => {
    if (count(waiting, newcomer.key) + 1 > queue * share(newcomer)) return undefined
    const most = least(tierOrder(waiting), (call) => -count(waiting, call.key) / share(call))
    return waiting.findLast(({ key }) => key === most?.key)
  }
  return new Model(pick, victim)
}

const models: Readonly<Record<string, [BulkheadOptions, () => Model]>> = {
  fifo: [{}, () => new Model((waiting) => waiting[0], nobody)],
  'fifo with a longest wait': [{ maxWaitMs: 1_000 }, () => new Model((waiting) => waiting[0], nobody)],
  lifo: [{ order: 'lifo' }, () => new Model((waiting) => waiting.at(-1), nobody)],
  criticality: [{ order: 'criticality' }, () => criticalityModel(16)],
  'criticality with 1 overtake': [{ order: 'criticality', maxOvertakes: 1 }, () => criticalityModel(1)],
  tiers: [{ tiers: shares }, tierModel],
  'tiers under guard': [{ tiers: shares, breach: { maxHoldMs: 1_000 } }, tierModel],
}

const steps = fc.array(
  fc.record({
    do: fc.constantFrom('arrive', 'arrive', 'arrive', 'end', 'end', 'abort', 'resize'),
    rank: fc.nat(99),
    tier: fc.nat(2),
    isByHand: fc.boolean(),
  }),
  { maxLength: 40 },
)

type Step = Omit<Waiting, 'id' | 'criticality' | 'key'> & {
  readonly do: string
  readonly rank: number
  readonly tier: number
}

function apply(step: Step, id: number, [real, model]: readonly [Real, Model]): void {
  if (step.do === 'arrive') {
    const key = Object.keys(shares)[step.tier] ?? ''
    const criticality = ranks[step.rank % ranks.length] ?? 'normal'
    const call: Waiting = { id, criticality, key, isByHand: step.isByHand }
    real.arrive(call)
    return model.arrive(call)
  }
  if (step.do === 'resize') {
    const limit = step.isByHand ? model.limit + 1 : Math.max(1, model.limit - 1)
    real.slots.limit = limit
    return model.resize(limit)
  }
  const among = step.do === 'end' ? model.running : model.waiting
  const chosen = among[step.rank % Math.max(1, among.length)]
  if (chosen === undefined) return
  if (step.do === 'end') {
    real.end(chosen.id)
    return model.end(chosen.id)
  }
  real.abort(chosen.id)
  model.refuse(chosen)
}

async function replay(name: string, sequence: readonly Step[]): Promise<readonly [Real, Model]> {
  const [options, makeModel] = models[name] ?? [{}, () => criticalityModel(0)]
  const both = [new Real(options), makeModel()] as const
  for (const [id, step] of sequence.entries()) {
    apply(step, id, both)
    await both[0].clock.settle()
  }
  return both
}

describe('bulkhead() against a model', () => {
  it.each(Object.keys(models))('starts, keeps and refuses the same calls: %s', async (name) => {
    const property = fc.asyncProperty(steps, async (sequence) => {
      const [{ slots, started, refused }, model] = await replay(name, sequence)

      expect(started).toEqual(model.started)
      expect(refused).toEqual(model.refused)
      expect([slots.active, slots.queued]).toEqual([model.running.length, model.waiting.length])
      expect(slots.abandoned ?? 0).toBe(0)
    })
    await fc.assert(property, { numRuns: 60 })
  })

  it.each(Object.keys(models))('is empty once all have ended, and waits for no clock: %s', async (name) => {
    const property = fc.asyncProperty(steps, async (sequence) => {
      const [real, model] = await replay(name, sequence)
      while (model.running.length > 0) {
        const id = model.running[0]?.id ?? -1
        real.end(id)
        model.end(id)
        await real.clock.settle()
      }

      expect([real.slots.active, real.slots.queued, real.slots.abandoned ?? 0]).toEqual([0, 0, 0])
      expect(real.slots.tiers.filter(({ active, queued }) => active + queued > 0)).toEqual([])
      real.clock.expectIdle()
    })
    await fc.assert(property, { numRuns: 20 })
  })
})
