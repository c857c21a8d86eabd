import { circuitBreaker } from '../../../src/circuit-breaker/circuit-breaker.ts'
import { fallback } from '../../../src/fallback/fallback.ts'
import type { CircuitBreaker } from '../../../src/circuit-breaker/circuit-breaker-api.ts'
import type { CircuitEvent } from '../../../src/circuit-breaker/circuit-breaker-events.ts'
import { type Pipeline, pipeline } from '../../../src/pipeline/pipeline.ts'
import { authentication } from '../../../src/retry/authentication.ts'
import { retry } from '../../../src/retry/retry.ts'
import { timeout } from '../../../src/timeout/timeout.ts'
import { askHttp } from './ask-http.ts'

/** Where tokens are issued, and where orders are. */
export interface OrdersAddress {
  readonly issuerPort: number
  readonly ordersPort: number
}

/** A service that shows orders with a token, gets a new one when it is refused, and shows less while it has none. */
export class OrdersClient {
  readonly events: CircuitEvent[] = []
  readonly breaker: CircuitBreaker
  secret = 'right'
  #token = 'none'
  readonly #address: OrdersAddress
  readonly #issuer: Pipeline
  readonly #orders: Pipeline<string>

  constructor(address: OrdersAddress) {
    this.#address = address
    this.breaker = circuitBreaker({
      ...{ name: 'tokens', consecutiveFailures: 3, openMs: 100, jitter: 0 },
      isFailure: (error) => !isDenied(error),
      onEvent: (event) => void this.events.push(event),
    })
    this.#issuer = pipeline({ operation: 'tokens.issue', policies: [this.breaker, timeout({ ms: 200 })] })
    const rule = authentication({ refresh: () => this.#refresh(), initialMs: 1, maxMs: 5 })
    this.#orders = pipeline({
      operation: 'orders.list',
      policies: [fallback(() => 'nothing'), retry({ rules: [rule] }), timeout({ ms: 1_000 })],
    })
  }

  list(): Promise<string> {
    return this.#orders.run(({ signal }) =>
      askHttp({ port: this.#address.ordersPort, authorization: this.#token, signal }),
    )
  }

  async #refresh(): Promise<void> {
    const { issuerPort } = this.#address
    this.#token = await this.#issuer.run(({ signal }) =>
      askHttp({ port: issuerPort, authorization: this.secret, signal }),
    )
  }
}

function isDenied(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 401
}
