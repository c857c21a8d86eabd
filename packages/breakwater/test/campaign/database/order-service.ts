import { bulkhead } from '../../../src/bulkhead/bulkhead.ts'
import type { CircuitBreaker } from '../../../src/circuit-breaker/circuit-breaker-api.ts'
import type { CircuitEvent } from '../../../src/circuit-breaker/circuit-breaker-events.ts'
import { circuitBreaker } from '../../../src/circuit-breaker/circuit-breaker.ts'
import { fallback } from '../../../src/fallback/fallback.ts'
import { resourcePool } from '../../../src/node/resource-pool/resource-pool.ts'
import type { ResourcePool } from '../../../src/node/resource-pool/resource-pool-api.ts'
import { type Pipeline, pipeline } from '../../../src/pipeline/pipeline.ts'
import { exponential } from '../../../src/retry/backoff.ts'
import { retry } from '../../../src/retry/retry.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import { type PostgresAddress, PostgresConnection } from './postgres-connection.ts'

/** How a user is answered: the order is in the database, or it is kept for later. */
export type Answer = 'stored' | 'queued'

/** Fewer than it takes to open the circuit. */
export const users = 4

/** A service that keeps orders in PostgreSQL, with the policies that the guide to ordering gives. */
export class OrderService {
  readonly events: CircuitEvent[] = []
  readonly breaker: CircuitBreaker
  readonly pool: ResourcePool<PostgresConnection>
  readonly #table: string
  readonly #line: Pipeline<Answer>

  constructor(address: PostgresAddress, table: string) {
    this.#table = table
    this.pool = poolOf(address)
    this.breaker = circuitBreaker({
      ...{ name: 'postgres', consecutiveFailures: users + 1, openMs: 100, jitter: 0 },
      onEvent: (event) => void this.events.push(event),
    })
    this.#line = pipeline({
      operation: 'orders.store',
      policies: [
        fallback((): Answer => 'queued'),
        timeout({ totalMs: 2_000 }),
        retry({ maxRetries: 2, backoff: exponential({ initialMs: 5, maxMs: 20 }) }),
        this.breaker,
        bulkhead({ limit: users }),
        timeout({ ms: 250 }),
      ],
    })
  }

  /** How often the circuit has opened. */
  get openings(): number {
    return this.events.filter(({ type }) => type === 'CircuitOpened').length
  }

  /** Storing an order again does nothing, so that it may be tried again. */
  store(order: number): Promise<Answer> {
    return this.#line.run(({ signal }) => this.storePlainly(order, signal))
  }

  /** The same without the policies. */
  async storePlainly(order: number, signal: AbortSignal): Promise<Answer> {
    const statement = `insert into ${this.#table} values (${order}) on conflict do nothing`
    await this.pool.use((connection) => connection.query(statement, signal), { signal })
    return 'stored'
  }
}

function poolOf(address: PostgresAddress): ResourcePool<PostgresConnection> {
  return resourcePool({
    create: (signal) => PostgresConnection.open(address, signal),
    destroy: (connection) => connection.destroy(),
    check: (connection) => connection.isOpen,
    isBroken: () => true,
    ...{ max: users, freshMs: 0, createTimeoutMs: 250, maxBackoffMs: 50 },
  })
}
