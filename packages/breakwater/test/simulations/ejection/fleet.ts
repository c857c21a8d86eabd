import type { Random } from '../../../src/random/random.ts'
import type { FakeClock } from '../../../src/testing/fake-clock.ts'
import { ServerModel } from '../server-model.ts'

/** How many endpoints there are. */
export const endpoints = 10

const workers = 2
const serviceMs = 50

/** Calls a second that all endpoints together answer at most. */
export const capacity = 400

/** What is the matter with endpoints, in some seconds. */
export interface Illness {
  readonly from: number
  readonly to: number
  /** How many endpoints are ill: the first of them. */
  readonly endpoints: number
  /** The share of requests that an ill one answers with an error, at once. @default 0 */
  readonly failing?: number
  /** How many times longer a request takes at an ill one. @default 1 */
  readonly times?: number
}

/** Endpoints of two workers and 50 ms ± 25 % each, of which some are ill for a while. */
export class Fleet {
  readonly #servers = new Map<string, () => Promise<void>>()
  readonly #clock: FakeClock
  readonly #random: Random
  readonly #illness: Illness

  constructor(illness: Illness, { clock, random }: { clock: FakeClock; random: Random }) {
    this.#illness = illness
    this.#clock = clock
    this.#random = random
    for (let index = 0; index < endpoints; index++) this.#servers.set(`e${index}`, this.#server(index))
  }

  /** The names of the endpoints. */
  get names(): readonly string[] {
    return [...this.#servers.keys()]
  }

  /** One request to an endpoint. */
  async handle(name: string): Promise<void> {
    await this.#servers.get(name)?.()
  }

  #server(index: number): () => Promise<void> {
    const { failing = 0, times = 1 } = this.#illness
    const isIll = (): boolean => this.#isIll(index)
    const model = new ServerModel({
      clock: this.#clock,
      random: this.#random,
      workers,
      backlog: 100,
      refusalCost: 0.1,
      get serviceMs() {
        return isIll() ? times * serviceMs : serviceMs
      },
    })
    return async () => {
      if (isIll() && this.#random.next() < failing) throw new Error('ill')
      await model.handle()
    }
  }

  #isIll(index: number): boolean {
    const { from, to, endpoints: ill } = this.#illness
    const second = this.#clock.now() / 1_000
    return index < ill && second >= from && second < to
  }
}
