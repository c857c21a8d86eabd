import { readProperty } from '../../../src/faults/read-property.ts'
import { deadlineHeader } from '../../../src/node/context-headers.ts'
import { type Pipeline, pipeline } from '../../../src/pipeline/pipeline.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import { Database, type Illness } from './database.ts'
import { type Answer, type Kind, send, type World } from './server.ts'
import { Service, type Stack } from './service.ts'

/** How long a user waits, milliseconds. */
export const patienceMs = 3_000

/** How a request ended for its user: `late` when the user gave up, or was told that somebody further in had. */
export type End = Answer | 'late' | 'failed'

/** What is counted from the beginning of a run on. */
export interface ChainCounts {
  /** Calls and attempts given up as their time was over, by who made them. */
  readonly users: number
  readonly edge: number
  readonly orders: number
  readonly inventory: number
  /** Milliseconds of workers of the services for callers who were gone. */
  readonly wastedMs: number
}

/** Users, three services and a database, each calling the next. */
export class Chain {
  readonly #services: Readonly<Record<'edge' | 'orders' | 'inventory', Service>>
  readonly #user: Pipeline
  readonly #patience = timeout({ ms: patienceMs })
  readonly #headers: Readonly<Record<string, string>>
  readonly #world: World

  constructor(illness: Illness, { stack, world }: { stack: Stack; world: World }) {
    const parts = { stack, world }
    const inventory = new Service(
      { name: 'inventory', next: 'database' },
      new Database(illness, world),
      parts,
    )
    const orders = new Service({ name: 'orders', next: 'inventory', answers: 'browse' }, inventory, parts)
    const edge = new Service({ name: 'edge', next: 'orders' }, orders, parts)
    this.#services = { edge, orders, inventory }
    this.#world = world
    this.#user = pipeline({ policies: [this.#patience], clock: world.clock, random: world.random })
    this.#headers = stack.propagates ? { [deadlineHeader]: String(patienceMs) } : {}
  }

  /** A user's request. */
  async visit(kind: Kind): Promise<End> {
    const { edge } = this.#services
    const outcome = await this.#user.tryRun(({ signal }) =>
      send(edge, { kind, headers: this.#headers, caller: signal }, this.#world),
    )
    if (outcome.ok) return outcome.value
    return readProperty(outcome.error, 'status') === 503 ? 'failed' : 'late'
  }

  counts(): ChainCounts {
    const { edge, orders, inventory } = this.#services
    return {
      users: this.#patience.timedOut,
      edge: edge.timeouts,
      orders: orders.timeouts,
      inventory: inventory.timeouts,
      wastedMs: edge.wastedMs + orders.wastedMs + inventory.wastedMs,
    }
  }
}
