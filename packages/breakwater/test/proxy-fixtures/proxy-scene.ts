import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { seededRandom } from '../../src/random/seeded-random.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import {
  type FaultProxy,
  faultProxy,
  type FaultProxyEvent,
  type FaultProxyOptions,
} from '../../src/testing/node/index.ts'
import { Peer } from './peer.ts'

/** A server, a proxy in front of it on a fake clock, and the clients of a test. All is closed at its end. */
export class ProxyScene {
  readonly clock: FakeClock = new FakeClock()
  readonly events: FaultProxyEvent[] = []
  /** The target's ends of connections. */
  readonly served: Peer[] = []
  readonly #clients: Peer[] = []
  readonly #server: Server
  proxy!: FaultProxy

  constructor(serve: (socket: Socket) => void) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.served.push(new Peer(socket))
      serve(socket)
    })
  }

  /** Serves as is told: by default each byte is sent back, and the end too. */
  static async start(
    options: Partial<FaultProxyOptions> = {},
    serve: (socket: Socket) => void = (socket) => socket.pipe(socket),
  ): Promise<ProxyScene> {
    const scene = new ProxyScene(serve)
    const { clock, events } = scene
    scene.#server.listen(0, '127.0.0.1')
    await once(scene.#server, 'listening')
    const onEvent = (event: FaultProxyEvent): void => void events.push(event)
    const target = { port: scene.targetPort }
    scene.proxy = await faultProxy({ target, clock, random: seededRandom(7), onEvent, ...options })
    return scene
  }

  get targetPort(): number {
    return (this.#server.address() as AddressInfo).port
  }

  connect(): Peer {
    const client = Peer.to(this.proxy.port)
    this.#clients.push(client)
    return client
  }

  /** A client that has sent a text and got it back. */
  async connectAndEcho(text = 'hello'): Promise<Peer> {
    const client = this.connect()
    client.socket.write(text)
    await client.hasText(text)
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy.close()
    for (const { socket } of [...this.#clients, ...this.served]) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
    this.clock.expectIdle()
  }
}
