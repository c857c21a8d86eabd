import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Issues tokens, and serves orders to who has one that it did not revoke: two ports, as these are two services. */
export class TokenService {
  /** Tokens that were asked for, with the right secret or not. */
  asked = 0
  secret = 'right'
  readonly #valid = new Set<string>()
  readonly #issuer = createServer((request, response) => this.#issue(request, response))
  readonly #orders = createServer((request, response) => this.#serve(request, response))

  static async start(): Promise<TokenService> {
    const service = new TokenService()
    for (const server of [service.#issuer, service.#orders]) {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
    }
    return service
  }

  get issuerPort(): number {
    return portOf(this.#issuer)
  }

  get ordersPort(): number {
    return portOf(this.#orders)
  }

  /** All tokens issued so far are worth nothing. */
  revoke(): void {
    this.#valid.clear()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of [this.#issuer, this.#orders]) {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }

  #issue(request: IncomingMessage, response: ServerResponse): void {
    const token = `token ${++this.asked}`
    if (request.headers.authorization !== this.secret) return void response.writeHead(401).end()
    this.#valid.add(token)
    response.end(token)
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const isValid = this.#valid.has(request.headers.authorization ?? '')
    response.writeHead(isValid ? 200 : 401).end(isValid ? 'orders' : '')
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
