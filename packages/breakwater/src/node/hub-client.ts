import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as SecureAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Clock } from '../clock/clock.ts'

/** Where the hub is. */
export interface HubAddress {
  /** `http://127.0.0.1:7700`; a path before `/api` is kept. */
  readonly url: string
  readonly token?: string
}

/** How the hub took a report. */
export type Delivery =
  | { readonly kind: 'stored' }
  /** Not now: the hub is away, behind or stopping. */
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterMs: number }
  /** Not with this token or not at this address: no report would be taken. */
  | { readonly kind: 'denied'; readonly reason: string; readonly retryAfterMs: number }
  /** Never: there is something wrong with this one report. */
  | { readonly kind: 'refused'; readonly reason: string }

/** Speaks HTTP with the hub. Its sockets do not keep the process alive. */
export class HubClient {
  readonly #base: URL
  readonly #token: string | undefined
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #agent: Agent
  readonly #requests = new Set<ClientRequest>()

  constructor(hub: HubAddress, clock: Clock, timeoutMs: number) {
    this.#base = new URL(hub.url.endsWith('/') ? hub.url : `${hub.url}/`)
    this.#token = hub.token
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    const options = { keepAlive: true, maxSockets: 2, maxFreeSockets: 1 }
    this.#agent = this.#base.protocol === 'https:' ? new SecureAgent(options) : new Agent(options)
  }

  /** Sends one report. Never rejects. */
  async send(body: string): Promise<Delivery> {
    try {
      const isLarge = body.length > 1_024
      const bytes = isLarge ? await compress(body) : Buffer.from(body)
      return await this.#post(bytes, isLarge)
    } catch (error) {
      return { kind: 'later', reason: reasonOf(error), retryAfterMs: 0 }
    }
  }

  /** Opens a stream of events; the caller reads the response. Its socket does not keep the process alive. */
  open(path: string): ClientRequest {
    const request = this.#request('GET', path, { accept: 'text/event-stream' })
    request.end()
    return request
  }

  /** Gives up what is under way and closes the sockets. */
  destroy(): void {
    for (const request of this.#requests) request.destroy(new Error('The reporter was closed'))
    this.#agent.destroy()
  }

  #post(bytes: Buffer, isCompressed: boolean): Promise<Delivery> {
    return new Promise((resolve, reject) => {
      const request = this.#request('POST', 'api/v1/reports', {
        'content-type': 'application/json',
        'content-length': String(bytes.length),
        ...(isCompressed && { 'content-encoding': 'gzip' }),
      })
      const timer = this.#clock.setTimer(
        this.#timeoutMs,
        () => request.destroy(new Error(`The hub did not answer within ${String(this.#timeoutMs)} ms`)),
        { ref: false },
      )
      request.on('close', () => timer.cancel())
      request.on('error', reject)
      request.on('response', (response) => void readDelivery(response).then(resolve, reject))
      request.end(bytes)
    })
  }

  #request(method: string, path: string, headers: Record<string, string>): ClientRequest {
    const request = (this.#base.protocol === 'https:' ? httpsRequest : httpRequest)(
      new URL(path, this.#base),
      {
        method,
        agent: this.#agent,
        headers: { ...headers, ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }) },
      },
    )
    this.#requests.add(request)
    request.on('socket', (socket: Socket) => socket.unref())
    request.on('close', () => this.#requests.delete(request))
    return request
  }
}

const compress = promisify<string, Buffer>(gzip)
const longestAnswer = 16_384
const longestRetryAfterMs = 300_000

async function readDelivery(response: IncomingMessage): Promise<Delivery> {
  const status = response.statusCode ?? 0
  let answer = ''
  response.setEncoding('utf8')
  for await (const chunk of response) {
    if (answer.length < longestAnswer) answer += String(chunk)
  }
  if (status === 200) return { kind: 'stored' }
  const reason = `${String(status)} ${answer.slice(0, 300)}`.trimEnd()
  const retryAfterMs = readRetryAfter(response.headers['retry-after'])
  if (status === 401 || status === 403 || status === 404) return { kind: 'denied', reason, retryAfterMs }
  if (status === 408 || status === 429 || status >= 500 || status < 400)
    return { kind: 'later', reason, retryAfterMs }
  return { kind: 'refused', reason }
}

/** Seconds; the form with a date is not used by the hub and counts as none. */
function readRetryAfter(header: string | undefined): number {
  const seconds = Number(header ?? 0)
  return seconds > 0 ? Math.min(seconds * 1_000, longestRetryAfterMs) : 0
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}
