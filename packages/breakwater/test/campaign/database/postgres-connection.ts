import { connect, type Socket } from 'node:net'

/** Where a PostgreSQL is, and who asks. It must trust whoever comes from this machine. */
export interface PostgresAddress {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string
}

interface Message {
  readonly kind: string
  readonly body: Buffer
}

const protocolVersion = 196_608

/**
 * As much of a PostgreSQL client as the campaign needs: one statement at a time, values as text.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class PostgresConnection {
  readonly #socket: Socket
  #unread: Buffer = Buffer.alloc(0)
  #messages: Message[] = []
  #answer: PromiseWithResolvers<readonly Message[]> | undefined = undefined

  private constructor({ host, port }: PostgresAddress) {
    this.#socket = connect({ host, port, noDelay: true })
    this.#socket.on('data', (bytes: Buffer) => this.#read(bytes))
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(lost()))
  }

  /** Resolves when statements may be sent. */
  static async open(address: PostgresAddress, signal: AbortSignal): Promise<PostgresConnection> {
    const { user, database, applicationName } = address
    const connection = new PostgresConnection(address)
    const version = Buffer.alloc(4)
    version.writeUInt32BE(protocolVersion)
    const names = ['user', user, 'database', database, 'application_name', applicationName, '', '']
    await connection.#exchange(framed(Buffer.concat([version, Buffer.from(names.join('\0'))])), signal)
    return connection
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.readable
  }

  /** The rows of a statement. An abort ends the connection, as there is no telling what comes over it then. */
  async query(statement: string, signal: AbortSignal): Promise<readonly (readonly string[])[]> {
    const request = Buffer.concat([Buffer.from('Q'), framed(Buffer.from(`${statement}\0`))])
    const messages = await this.#exchange(request, signal)
    return messages.filter(({ kind }) => kind === 'D').map(({ body }) => valuesOf(body))
  }

  destroy(): void {
    this.#socket.destroy()
  }

  async #exchange(request: Buffer, signal: AbortSignal): Promise<readonly Message[]> {
    signal.throwIfAborted()
    if (this.#socket.destroyed) throw lost()
    const answer = Promise.withResolvers<readonly Message[]>()
    this.#answer = answer
    const abort = (): void => this.#fail(signal.reason)
    signal.addEventListener('abort', abort)
    this.#socket.write(request)
    return answer.promise.finally(() => signal.removeEventListener('abort', abort))
  }

  #read(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes])
    while (this.#unread.length >= 5 && this.#unread.length > this.#unread.readUInt32BE(1)) {
      const end = 1 + this.#unread.readUInt32BE(1)
      const message = { kind: this.#unread.toString('latin1', 0, 1), body: this.#unread.subarray(5, end) }
      this.#unread = this.#unread.subarray(end)
      this.#take(message)
    }
  }

  #take(message: Message): void {
    this.#messages.push(message)
    if (message.kind === 'R' && message.body.readUInt32BE(0) !== 0) this.#fail(new Error('Wants a password'))
    if (message.kind !== 'Z') return
    const messages = this.#messages
    const failure = messages.find(({ kind }) => kind === 'E')
    this.#messages = []
    if (failure === undefined) this.#answer?.resolve(messages)
    else this.#answer?.reject(new Error(failure.body.toString().replaceAll('\0', ' ')))
    this.#answer = undefined
  }

  #fail(reason: unknown): void {
    this.#socket.destroy()
    this.#answer?.reject(reason)
    this.#answer = undefined
  }
}

function lost(): Error {
  return Object.assign(new Error('Connection lost'), { code: 'ECONNRESET' })
}

function framed(content: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length + 4)
  return Buffer.concat([length, content])
}

function valuesOf(row: Buffer): string[] {
  const values: string[] = []
  let at = 2
  for (let column = 0; column < row.readUInt16BE(0); column++) {
    const length = Math.max(0, row.readInt32BE(at))
    values.push(row.toString('utf8', at + 4, at + 4 + length))
    at += 4 + length
  }
  return values
}
