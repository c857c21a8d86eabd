import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** What a listener does with what it gets. */
export interface ListenerHost {
  accept(client: Socket): void
  /** The system could not hand over a connection. */
  fail(): void
}

/** A port that can be listened on, not, and again. */
export class Listener {
  readonly #host: string
  readonly #owner: ListenerHost
  #port: number
  #server: Server | undefined = undefined

  constructor(host: string, port: number, owner: ListenerHost) {
    this.#host = host
    this.#port = port
    this.#owner = owner
  }

  /** The port; of port 0 the one that it got the first time, and keeps. */
  get port(): number {
    return this.#port
  }

  get isListening(): boolean {
    return this.#server !== undefined
  }

  /** Rejects with the system's error when somebody else has the port. */
  async open(): Promise<void> {
    if (this.#server !== undefined) return
    const server = createServer({ allowHalfOpen: true, noDelay: true })
    server.listen(this.#port, this.#host)
    await once(server, 'listening')
    server.on('connection', (client) => this.#owner.accept(client))
    server.on('error', () => this.#owner.fail())
    const address = server.address()
    if (typeof address === 'object' && address !== null) this.#port = address.port
    this.#server = server
  }

  /** From now on the system refuses connections; those that are open stay. */
  shut(): void {
    this.#server?.close()
    this.#server = undefined
  }
}
