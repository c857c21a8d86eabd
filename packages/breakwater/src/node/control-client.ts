import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Clock, Timer } from '../clock/clock.ts'
import type { ControlState, InstanceIdentity } from '../protocol/index.ts'
import type { Random } from '../random/random.ts'
import { ControlFile } from './control-file.ts'
import { parseControlState } from './control-state.ts'
import { EventStreamParser } from './event-stream-parser.ts'
import type { HubClient } from './hub-client.ts'
import { folderName } from './spool-name.ts'

/** What a control client works with. */
export interface ControlClientOptions {
  /** Speaks with the hub. */
  readonly client: HubClient
  /** Times silence and waits. */
  readonly clock: Clock
  /** Spreads reconnections. */
  readonly random: Random
  /** Whose orders these are. */
  readonly identity: InstanceIdentity
  /** Where the last state is kept; undefined keeps none. */
  readonly file: string | undefined
  /** Obeys a state. */
  readonly apply: (state: ControlState) => void
  /** The hub answered: it is back. */
  readonly onConnected: () => void
  /** Told in one sentence what could not be done. */
  readonly onProblem: (message: string) => void
}

/** The hub sends a comment every 15 s; three missed, and the connection is dead. */
const silentMs = 45_000
const firstBackoffMs = 250
const maxBackoffMs = 5_000

/**
 * Follows the hub's orders. Each connection begins with the whole state, and that one counts whatever its
 * revision: a hub that lost its database starts again at 0. Later ones of the same connection must rise.
 */
export class ControlClient {
  readonly #options: ControlClientOptions
  readonly #file: ControlFile | undefined
  #request: ClientRequest | undefined
  #silence: Timer | undefined
  #reconnect: Timer | undefined
  #failures = 0
  #revision = -1
  #isStopped = false

  constructor(options: ControlClientOptions) {
    this.#options = options
    this.#file =
      options.file === undefined
        ? undefined
        : new ControlFile(options.file, folderName(options.identity.instance))
  }

  /** Obeys the state on disk at once, then connects. */
  start(): void {
    const saved = this.#file?.read()
    if (saved !== undefined) this.#apply(saved)
    this.#connect()
  }

  /** Ends the connection for good. */
  stop(): void {
    this.#isStopped = true
    this.#reconnect?.cancel()
    this.#silence?.cancel()
    this.#request?.destroy()
  }

  #connect(): void {
    const { client, identity } = this.#options
    const query = new URLSearchParams({ service: identity.service, instance: identity.instance })
    const request = client.open(`api/v1/control?${query.toString()}`)
    this.#request = request
    this.#revision = -1
    this.#listenForSilence()
    request.on('error', () => undefined)
    request.on('response', (response) => this.#read(response))
    request.on('close', () => this.#disconnected())
  }

  #read(response: IncomingMessage): void {
    if (response.statusCode !== 200) {
      response.resume()
      this.#request?.destroy()
      return
    }
    this.#options.onConnected()
    const parser = new EventStreamParser((event) => {
      if (event.event === 'control') this.#receive(event.data)
    })
    response.setEncoding('utf8')
    response.on('error', () => undefined)
    response.on('end', () => this.#request?.destroy())
    response.on('data', (text: string) => this.#feed(parser, text))
  }

  #feed(parser: EventStreamParser, text: string): void {
    this.#listenForSilence()
    try {
      parser.push(text)
    } catch (error) {
      this.#options.onProblem(`Cannot read the hub's orders: ${String(error)}`)
      this.#request?.destroy()
    }
  }

  #receive(text: string): void {
    const state = parseControlState(text)
    if (state === undefined) return this.#options.onProblem('The hub sent orders that cannot be read')
    this.#failures = 0
    if (state.revision <= this.#revision) return
    this.#revision = state.revision
    this.#apply(state)
    this.#file?.write(state).catch((error: unknown) => {
      this.#options.onProblem(`Cannot keep the hub's orders on disk: ${String(error)}`)
    })
  }

  #apply(state: ControlState): void {
    try {
      this.#options.apply(state)
    } catch (error) {
      this.#options.onProblem(`Cannot obey the hub's orders: ${String(error)}`)
    }
  }

  #listenForSilence(): void {
    this.#silence?.cancel()
    this.#silence = this.#options.clock.setTimer(silentMs, () => this.#request?.destroy(), { ref: false })
  }

  #disconnected(): void {
    this.#silence?.cancel()
    if (this.#isStopped) return
    const { clock, random } = this.#options
    const ceiling = Math.min(maxBackoffMs, firstBackoffMs * 2 ** Math.min(this.#failures, 20))
    this.#failures += 1
    this.#reconnect = clock.setTimer(ceiling * (0.5 + random.next() / 2), () => this.#connect(), {
      ref: false,
    })
  }
}
