import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { cache } from './cache.ts'
import type { Cache } from './cache-api.ts'

const ttlMs = 50
const staleWhileRevalidateMs = 30
const staleIfErrorMs = 100
const maxEntries = 2
const broken = new Error('down')

interface Kept {
  readonly value: number
  readonly at: number
  readonly question: number
  isRevalidating: boolean
}

/** A question on its way: the call that waits for it, or none when it is asked behind a stale answer. */
interface Question {
  readonly id: number
  readonly key: string
  readonly call: number | undefined
  /** The stale answer behind which it is asked. */
  readonly behind: Kept | undefined
}

/** What a cache should do, in the simplest words: the answers as a list, used last at the end. */
class Model {
  now = 0
  answers: { readonly key: string; readonly kept: Kept }[] = []
  readonly answered = new Map<number, unknown>()
  open: Question[] = []
  counts = { hits: 0, stale: 0, misses: 0, evicted: 0 }
  asked = 0
  calls = 0
  /** For each key the last question before it was deleted. */
  readonly #deletedAt = new Map<string, number>()

  call(id: number, key: string): void {
    const kept = this.#use(key)
    const ageMs = kept === undefined ? Infinity : this.now - kept.at
    if (kept === undefined || ageMs >= ttlMs + staleWhileRevalidateMs) {
      this.counts.misses++
      this.open.push({ id: ++this.asked, key, call: id, behind: undefined })
      return
    }
    this.answered.set(id, kept.value)
    if (ageMs < ttlMs) return void this.counts.hits++
    this.counts.stale++
    if (kept.isRevalidating) return
    kept.isRevalidating = true
    this.open.push({ id: ++this.asked, key, call: undefined, behind: kept })
  }

  end(question: Question, value: number | undefined): void {
    this.open = this.open.filter((other) => other !== question)
    const { id, key, call, behind } = question
    if (behind !== undefined) behind.isRevalidating = false
    if (value !== undefined) {
      this.#keep(key, { value, at: this.now, question: id, isRevalidating: false })
      if (call !== undefined) this.answered.set(call, value)
    } else if (call !== undefined) this.#fail(call, key)
  }

  forget(keys: readonly string[]): void {
    for (const key of keys) this.#deletedAt.set(key, this.asked)
    this.answers = this.answers.filter(({ key }) => !keys.includes(key))
  }

  #fail(call: number, key: string): void {
    const kept = this.#use(key)
    if (kept === undefined || this.now - kept.at >= ttlMs + staleIfErrorMs)
      return void this.answered.set(call, broken)
    this.counts.stale++
    this.answered.set(call, kept.value)
  }

  #use(key: string): Kept | undefined {
    const found = this.answers.find((answer) => answer.key === key)
    if (found !== undefined) this.answers = [...this.answers.filter((answer) => answer !== found), found]
    return found?.kept
  }

  #keep(key: string, kept: Kept): void {
    const newest = this.answers.find((answer) => answer.key === key)?.kept.question ?? 0
    if (kept.question < newest || kept.question <= (this.#deletedAt.get(key) ?? 0)) return
    this.answers = [...this.answers.filter((answer) => answer.key !== key), { key, kept }]
    if (this.answers.length <= maxEntries) return
    this.answers.shift()
    this.counts.evicted++
  }
}

/** The real one, whose questions end when they are told to. */
class Real {
  readonly clock = new FakeClock()
  readonly policy: Cache
  readonly answered = new Map<number, unknown>()
  /** In the order in which they were asked. */
  readonly ends: ((value: number | undefined) => void)[] = []
  readonly #line

  constructor() {
    this.policy = cache({ ttlMs, staleWhileRevalidateMs, staleIfErrorMs, maxEntries })
    this.#line = pipeline({ operation: 'op', policies: [this.policy], clock: this.clock })
  }

  call(id: number, key: string): void {
    const answer = this.#line.run(() => this.#ask(), { key })
    answer.then(
      (value) => this.answered.set(id, value),
      (error: unknown) => this.answered.set(id, error),
    )
  }

  #ask(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.ends.push((value) => (value === undefined ? reject(broken) : resolve(value)))
    })
  }
}

type Pair = { readonly model: Model; readonly real: Real }
type Command = fc.AsyncCommand<Model, Real>

async function check({ model, real }: Pair): Promise<void> {
  await real.clock.settle()
  expect([...real.answered].toSorted()).toEqual([...model.answered].toSorted())
  expect(real.ends).toHaveLength(model.asked)
  const { hits, stale, misses } = real.policy
  expect({ hits, stale, misses, evicted: real.policy.stats().counters['evicted'] }).toEqual(model.counts)
  const kept = ['a', 'b', 'c'].map((key) => real.policy.peek('op', key, Infinity)?.value)
  expect(kept).toEqual(
    ['a', 'b', 'c'].map((key) => model.answers.find((answer) => answer.key === key)?.kept.value),
  )
}

class Call implements Command {
  readonly #key: string
  constructor(key: string) {
    this.#key = key
  }
  check = (): boolean => true
  async run(model: Model, real: Real): Promise<void> {
    const id = ++model.calls
    model.call(id, this.#key)
    real.call(id, this.#key)
    await check({ model, real })
  }
  toString = (): string => `call(${this.#key})`
}

class End implements Command {
  readonly #at: number
  readonly #fails: boolean
  constructor(at: number, fails: boolean) {
    this.#at = at
    this.#fails = fails
  }
  check = (model: Readonly<Model>): boolean => model.open.length > 0
  async run(model: Model, real: Real): Promise<void> {
    const question = model.open[this.#at % model.open.length] as Question
    const value = this.#fails ? undefined : question.id
    model.end(question, value)
    real.ends[question.id - 1]?.(value)
    await check({ model, real })
  }
  toString = (): string => `end(${this.#at}, ${this.#fails ? 'fails' : 'answers'})`
}

class Forget implements Command {
  readonly #key: string | undefined
  constructor(key: string | undefined) {
    this.#key = key
  }
  check = (): boolean => true
  async run(model: Model, real: Real): Promise<void> {
    model.forget(this.#key === undefined ? ['a', 'b', 'c'] : [this.#key])
    if (this.#key === undefined) real.policy.clear()
    else real.policy.delete('op', this.#key)
    await check({ model, real })
  }
  toString = (): string => `forget(${this.#key ?? 'all'})`
}

class Wait implements Command {
  readonly #ms: number
  constructor(ms: number) {
    this.#ms = ms
  }
  check = (): boolean => true
  async run(model: Model, real: Real): Promise<void> {
    model.now += this.#ms
    await real.clock.advance(this.#ms)
    await check({ model, real })
  }
  toString = (): string => `wait(${this.#ms})`
}

const keys = fc.constantFrom('a', 'b', 'c')
const commands = [
  keys.map((key) => new Call(key)),
  keys.map((key) => new Call(key)),
  fc.tuple(fc.nat(9), fc.boolean()).map(([at, fails]) => new End(at, fails)),
  fc.tuple(fc.nat(9), fc.constant(false)).map(([at, fails]) => new End(at, fails)),
  fc.option(keys, { nil: undefined }).map((key) => new Forget(key)),
  fc.constantFrom(1, 29, 30, 49, 50, 100).map((ms) => new Wait(ms)),
]

it('cache() answers, asks, keeps and forgets as the simplest model does, whatever comes in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (story) => {
      await fc.asyncModelRun(() => ({ model: new Model(), real: new Real() }), story)
    }),
    { numRuns: 300 },
  )
})
