import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from '../../random/seeded-random.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { resourcePool } from './resource-pool.ts'
import type { Lease } from './resource-pool-api.ts'

type Step =
  | { readonly do: 'acquire' }
  | { readonly do: 'abort' | 'release' | 'destroy'; readonly which: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'heal' }

const which = fc.nat(50)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('acquire' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('release', 'destroy', 'abort'), which }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 400 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('heal' as const) }) },
)

/** Plays steps on a pool whose resources fail, hang and go bad by chance, and notes what a reference would forbid. */
class Play {
  readonly max = 3
  readonly clock = new FakeClock()
  readonly alive = new Set<number>()
  readonly violations: string[] = []
  readonly leases: Lease<number>[] = []
  /** Who waits, in order of arrival, by the model. */
  readonly line: number[] = []
  readonly aborts: AbortController[] = []
  readonly #random
  readonly #pool
  #made = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#pool = resourcePool<number>({
      ...{ create: () => this.#create(), destroy: (id) => this.#destroy(id), check: () => this.#luck(0.8) },
      ...{ clock: this.clock, random: seededRandom(seed + 1), min: 1, max: this.max },
      ...{
        acquireTimeoutMs: 300,
        idleMs: 200,
        maxLifetimeMs: 900,
        checkIntervalMs: 150,
        freshMs: 20,
        maxBackoffMs: 200,
      },
    })
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'acquire') this.#acquire()
    else if (step.do === 'advance') await this.clock.advance(step.ms)
    else if (step.do === 'heal') void this.#pool.heal()
    else if (step.do === 'abort') this.aborts.at(step.which % (this.aborts.length || 1))?.abort()
    else this.leases.splice(step.which % (this.leases.length || 1), 1)[0]?.[step.do]()
    await this.clock.settle()
  }

  async end(): Promise<void> {
    const closed = this.#pool.close({ graceMs: 50 })
    await this.clock.advance(1_000)
    await closed
    this.clock.expectIdle()
    if (this.alive.size > 0) this.violations.push(`${this.alive.size} were never destroyed`)
    if (this.line.length > 0) this.violations.push(`${this.line.length} were never answered`)
    const { counters } = this.#pool.stats()
    if (counters['created'] !== this.#made) this.violations.push('miscounted creations')
    if (counters['destroyed'] !== this.#made) this.violations.push('miscounted destructions')
  }

  #acquire(): void {
    const ticket = this.aborts.length
    const controller = new AbortController()
    this.aborts.push(controller)
    this.line.push(ticket)
    const leave = (): void => void this.line.splice(this.line.indexOf(ticket), 1)
    this.#pool.acquire({ signal: controller.signal }).then((lease) => {
      if (this.line[0] !== ticket) this.violations.push(`${ticket} was served before ${this.line[0]}`)
      if (!this.alive.has(lease.resource)) this.violations.push(`lent ${lease.resource}, which is destroyed`)
      if (this.leases.some((other) => other.resource === lease.resource)) this.violations.push('lent twice')
      leave()
      this.leases.push(lease)
    }, leave)
  }

  async #create(): Promise<number> {
    await this.clock.sleep(this.#random.next() * 40)
    if (!this.#luck(0.8)) throw new Error('no luck')
    const id = this.#made++
    this.alive.add(id)
    if (this.alive.size > this.max) this.violations.push(`${this.alive.size} are alive`)
    return id
  }

  async #destroy(id: number): Promise<void> {
    await this.clock.sleep(this.#random.next() * 40)
    if (!this.alive.delete(id)) this.violations.push(`${id} was destroyed twice`)
  }

  #luck(share: number): boolean {
    return this.#random.next() < share
  }
}

it('resourcePool() never exceeds max, serves in order, lends none twice, and destroys each exactly once, whatever happens', async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.nat(), async (steps, seed) => {
    const play = new Play(seed)

    for (const each of steps) await play.take(each)
    await play.end()

    expect(play.violations).toEqual([])
  })
  await fc.assert(property, { numRuns: 150 })
}, 30_000)
