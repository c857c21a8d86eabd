import { connect, type Socket } from 'node:net'
import { until } from './until.ts'

/** One end of a connection, and what it saw. */
export class Peer {
  readonly socket: Socket
  /** By read. */
  readonly chunks: string[] = []
  /** `end`, `error` with its code, `close`, in the order in which they came. */
  readonly saw: string[] = []

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes: Buffer) => this.chunks.push(bytes.toString('latin1')))
    socket.on('end', () => this.saw.push('end'))
    socket.on('error', (error: NodeJS.ErrnoException) => this.saw.push(error.code ?? error.message))
    socket.on('close', () => this.saw.push('close'))
  }

  /** A client that may leave its own side open when the other ends. */
  static to(port: number, host = '127.0.0.1'): Peer {
    return new Peer(connect({ port, host, allowHalfOpen: true, noDelay: true }))
  }

  get text(): string {
    return this.chunks.join('')
  }

  async hasText(text: string): Promise<void> {
    await until(() => this.text === text)
  }

  async hasSeen(what: string): Promise<void> {
    await until(() => this.saw.includes(what))
  }
}
