import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { aimd } from './aimd.ts'
import type { ConcurrencyLimiter } from './concurrency-limiter-api.ts'
import { concurrencyLimiter } from './concurrency-limiter.ts'

const queue = 2
const overloaded = Object.assign(new Error('busy'), { status: 503 })
const invalid = new Error('bad input')

type End = 'answers' | 'is lost' | 'is invalid'

interface Running {
  readonly id: number
  /** How many ran when it was let in. */
  readonly inFlight: number
  isCut: boolean
}

/** AIMD over a queue, in the simplest words. */
class Model {
  limit = 4
  maxLimit = 6
  calls = 0
  dropped = 0
  running: Running[] = []
  waiting: number[] = []
  readonly started: number[] = []
  readonly refused: number[] = []

  arrive(): number {
    const id = ++this.calls
    if (this.running.length < this.limit && this.waiting.length === 0) this.#start(id)
    else if (this.waiting.length < queue) this.waiting.push(id)
    else this.refused.push(id)
    return id
  }

  end(call: Running, how: End): void {
    if (!call.isCut && how === 'is lost') this.dropped++
    if (!call.isCut && how !== 'is invalid') this.#learn(call, how === 'is lost')
    this.running = this.running.filter((other) => other !== call)
    this.#drain()
  }

  abort(id: number): void {
    this.waiting = this.waiting.filter((other) => other !== id)
    for (const call of this.running) if (call.id === id) call.isCut = true
  }

  setMaxLimit(maxLimit: number): void {
    this.maxLimit = maxLimit
    this.limit = Math.min(this.limit, maxLimit)
    this.#drain()
  }

  /** A limit that rises lets somebody in while the place of the call that ended is still taken. */
  #learn({ inFlight }: Running, isLost: boolean): void {
    if (isLost) this.limit = Math.max(1, Math.floor(this.limit * 0.9))
    else if (inFlight * 2 >= this.limit) this.limit = Math.min(this.maxLimit, this.limit + 1)
    this.#drain()
  }

  #drain(): void {
    while (this.running.length < this.limit) {
      const id = this.waiting.shift()
      if (id === undefined) return
      this.#start(id)
    }
  }

  #start(id: number): void {
    this.started.push(id)
    this.running.push({ id, inFlight: this.running.length + 1, isCut: false })
  }
}

/** The real one, with calls that run until they are told to end, whatever their callers do. */
class Real {
  readonly clock = new FakeClock()
  readonly limiter: ConcurrencyLimiter
  readonly started: number[] = []
  readonly refused: number[] = []
  readonly ends = new Map<number, (how: End) => void>()
  readonly callers = new Map<number, AbortController>()

  constructor() {
    const algorithm = aimd({ window: false })
    const bounds = { initialLimit: 4, minLimit: 1, maxLimit: 6 }
    this.limiter = concurrencyLimiter({ algorithm, ...bounds, queue, maxWaitMs: 10_000, clock: this.clock })
  }

  arrive(id: number): void {
    const caller = new AbortController()
    this.callers.set(id, caller)
    const note = (error: unknown): void => {
      if (error instanceof Error && error.name === 'LimitExceededError') this.refused.push(id)
    }
    void this.limiter.run(() => this.#work(id), { signal: caller.signal }).catch(note)
  }

  #work(id: number): Promise<void> {
    this.started.push(id)
    return new Promise((resolve, reject) => {
      this.ends.set(id, (how) => {
        if (how === 'answers') resolve()
        else reject(how === 'is lost' ? overloaded : invalid)
      })
    })
  }
}

async function compare(model: Model, { clock, limiter, started, refused }: Real): Promise<void> {
  await clock.settle()
  const { limit, active, queued, admitted, rejected, dropped } = limiter
  expect({ limit, active, queued, admitted, rejected, dropped, started, refused }).toEqual({
    limit: model.limit,
    active: model.running.length,
    queued: model.waiting.length,
    admitted: model.started.length,
    rejected: model.refused.length,
    dropped: model.dropped,
    started: model.started,
    refused: model.refused,
  })
}

/** One step: what it does to both, and how it reads in a counterexample. */
class Step implements fc.AsyncCommand<Model, Real> {
  readonly #name: string
  readonly #act: (model: Model, real: Real) => void

  constructor(name: string, act: (model: Model, real: Real) => void) {
    this.#name = name
    this.#act = act
  }

  check = (): boolean => true

  async run(model: Model, real: Real): Promise<void> {
    this.#act(model, real)
    await compare(model, real)
  }

  toString = (): string => this.#name
}

const arrive = fc.constant(new Step('arrive', (model, real) => real.arrive(model.arrive())))

const end = fc
  .tuple(fc.nat(9), fc.constantFrom<End>('answers', 'answers', 'is lost', 'is invalid'))
  .map(([at, how]) => {
    const act = (model: Model, real: Real): void => {
      const call = model.running[at % Math.max(1, model.running.length)]
      if (call === undefined) return
      model.end(call, how)
      real.ends.get(call.id)?.(how)
    }
    return new Step(`${at} ${how}`, act)
  })

const abort = fc.nat(9).map((at) => {
  const act = (model: Model, real: Real): void => {
    const ids = [...model.running.map(({ id }) => id), ...model.waiting]
    const id = ids[at % Math.max(1, ids.length)]
    if (id === undefined) return
    model.abort(id)
    real.callers.get(id)?.abort()
  }
  return new Step(`abort ${at}`, act)
})

const setMaxLimit = fc.integer({ min: 1, max: 8 }).map((maxLimit) => {
  const act = (model: Model, real: Real): void => {
    model.setMaxLimit(maxLimit)
    real.limiter.maxLimit = maxLimit
  }
  return new Step(`at most ${maxLimit}`, act)
})

it('concurrencyLimiter() with aimd admits, queues, refuses and moves its limit as the simplest model does', async () => {
  const stories = fc.commands([arrive, arrive, arrive, end, end, abort, setMaxLimit], { maxCommands: 60 })
  await fc.assert(
    fc.asyncProperty(stories, (story) =>
      fc.asyncModelRun(() => ({ model: new Model(), real: new Real() }), story),
    ),
    { numRuns: 300 },
  )
})
