import { type Answer, type Request, type Server, work, type World } from './server.ts'
import { Workers } from './workers.ts'

/** How many requests the database works on at once, and what one takes, milliseconds. */
export const database = { workers: 5, ms: 20 } as const

/** What is the matter with the database, in some seconds. */
export interface Illness {
  readonly from: number
  readonly to: number
  /** How many times as long a request takes; Infinity: until the end of the illness. */
  readonly times: number
}

/** The end of the chain: it knows of no deadlines, accepts every request and answers all of them, in turn. */
export class Database implements Server {
  readonly #workers: Workers
  readonly #illness: Illness
  readonly #world: World

  constructor(illness: Illness, world: World) {
    this.#illness = illness
    this.#world = world
    this.#workers = new Workers({ count: database.workers, backlog: Infinity, clock: world.clock })
  }

  handle({ caller }: Request): Promise<Answer> {
    return this.#workers.run<Answer>(caller, async () => {
      await this.#beIll()
      await work(database.ms, this.#world)
      return 'full'
    })
  }

  async #beIll(): Promise<void> {
    const { clock } = this.#world
    const { from, to, times } = this.#illness
    const now = clock.now()
    if (now < 1_000 * from || now >= 1_000 * to) return
    await clock.sleep(Math.min((times - 1) * database.ms, 1_000 * to - now))
  }
}
