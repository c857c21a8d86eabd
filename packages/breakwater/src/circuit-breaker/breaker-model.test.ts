import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { circuitBreaker } from './circuit-breaker.ts'

const openMs = 50
const leaseMs = 200
const broken = new Error('broken')

/** The breaker of the consecutive kind as one would explain it: opens at `threshold`, `limit` trials at once, `needed` close it. */
class Model {
  era = 0
  inARow = 0
  kind: 'closed' | 'open' | 'half-open' = 'closed'
  retryAt = 0
  reopens = 0
  trials = new Map<number, number>()
  successes = 0
  readonly threshold: number
  readonly limit: number
  readonly needed: number

  constructor(numbers: { threshold: number; limit: number; needed: number }) {
    this.threshold = numbers.threshold
    this.limit = numbers.limit
    this.needed = numbers.needed
  }

  enter(id: number, now: number): number | undefined {
    if (this.kind === 'open' && now >= this.retryAt) this.change('half-open')
    if (this.kind === 'closed') return this.era
    if (this.kind === 'open') return undefined
    if (this.trials.size >= this.limit)
      this.trials = new Map([...this.trials].filter(([, admittedAt]) => admittedAt + leaseMs > now))
    if (this.trials.size >= this.limit) return undefined
    this.trials.set(id, now)
    return this.era
  }

  exit({ id, era }: { id: number; era: number }, outcome: string, now: number): void {
    if (era !== this.era) return
    if (this.kind === 'closed') return this.count(outcome, now)
    if (!this.trials.delete(id)) return
    if (outcome === 'fail') return this.open(now, this.reopens + 1)
    if (outcome === 'succeed' && ++this.successes >= this.needed) this.change('closed')
  }

  private count(outcome: string, now: number): void {
    if (outcome === 'succeed') this.inARow = 0
    if (outcome === 'fail' && ++this.inARow >= this.threshold) this.open(now, 0)
  }

  private open(now: number, reopens: number): void {
    this.change('open')
    this.reopens = reopens
    this.retryAt = now + Math.min(60_000, openMs * 2 ** reopens)
  }

  private change(kind: Model['kind']): void {
    this.kind = kind
    this.era++
    this.inARow = 0
    this.successes = 0
    this.trials = new Map()
  }
}

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('enter'), ms: fc.constant(0), pick: fc.nat(5) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('succeed', 'fail', 'ignore'),
      ms: fc.constant(0),
      pick: fc.nat(5),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      ms: fc.constantFrom(1, 49, 50, 100, 200),
      pick: fc.nat(5),
    }),
  },
)

const numbers = fc.record({
  threshold: fc.integer({ min: 1, max: 3 }),
  limit: fc.integer({ min: 1, max: 3 }),
  needed: fc.integer({ min: 1, max: 3 }),
})

describe('circuitBreaker()', () => {
  it('admits, refuses and changes its state as the model does, whatever happens', async () => {
    const property = fc.asyncProperty(
      numbers,
      fc.array(command, { maxLength: 60 }),
      async (given, commands) => {
        const clock = new FakeClock()
        const model = new Model(given)
        const breaker = circuitBreaker({
          ...{
            consecutiveFailures: given.threshold,
            halfOpenLimit: given.limit,
            successThreshold: given.needed,
          },
          ...{ openMs, jitter: 0, trialLeaseMs: leaseMs, clock },
        })
        const calls: { id: number; era: number; end: Record<string, () => void> }[] = []
        const [seen, expected]: [string[], string[]] = [[], []]
        const enter = (id: number): void => {
          const permit = breaker.tryAcquire()
          const era = model.enter(id, clock.now())
          seen.push(permit === undefined ? 'refused' : 'admitted')
          expected.push(era === undefined ? 'refused' : 'admitted')
          if (permit === undefined || era === undefined) return
          const { succeed, ignore, fail } = permit
          calls.push({ id, era, end: { succeed, ignore, fail: () => fail(broken) } })
        }
        for (const [id, { kind, ms, pick }] of commands.entries()) {
          if (kind === 'enter') enter(id)
          else if (kind === 'wait') await clock.advance(ms)
          const call =
            kind === 'enter' || kind === 'wait' ? undefined : calls.splice(pick % (calls.length || 1), 1)[0]
          call?.end[kind]?.()
          if (call !== undefined) model.exit(call, kind, clock.now())
          seen.push(breaker.state)
          expected.push(model.kind === 'open' && clock.now() >= model.retryAt ? 'half-open' : model.kind)
        }
        expect(seen).toEqual(expected)
      },
    )

    await fc.assert(property, { numRuns: 300 })
  })
})
