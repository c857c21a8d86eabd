import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Clock } from '../clock/clock.ts'
import type { PlannedRequest } from './request-sequence.ts'

/** What a user got: all of it, all but the part that failed, or an error. */
export type Answer = 'full' | 'degraded' | 'error'

/** To whom and how a user's request goes. */
export interface UserRequestOptions {
  readonly agent: Agent
  readonly baseUrl: string
  /** Makes order numbers unique. */
  readonly orderPrefix: string
  /** How long a user waits before giving up. */
  readonly patienceMs: number
  readonly clock: Clock
}

/** Does what a user does, and tells what the user got. Never rejects. */
export function userRequest(planned: PlannedRequest, options: UserRequestOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const sent = send(planned, options)
    const patience = options.clock.setTimer(options.patienceMs, () => sent.destroy())
    const end = (answer: Answer): void => {
      patience.cancel()
      resolve(answer)
    }
    sent.once('error', () => end('error'))
    sent.once('response', (response) => void judge(response).then(end))
  })
}

function send(planned: PlannedRequest, { agent, baseUrl, orderPrefix }: UserRequestOptions): ClientRequest {
  if (planned.kind !== 'checkout') {
    const path = planned.kind === 'home' ? '/' : `/products/${planned.productId}`
    return request(baseUrl + path, { agent }).end()
  }
  const { productId, quantity, amountCents } = planned
  const order = { orderId: `${orderPrefix}-${planned.number}`, productId, quantity, amountCents }
  const body = JSON.stringify(order)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return request(`${baseUrl}/checkout`, { agent, method: 'POST', headers }).end(body)
}

async function judge(response: IncomingMessage): Promise<Answer> {
  try {
    let text = ''
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk
    const status = response.statusCode ?? 0
    if (status < 200 || status >= 300) return 'error'
    const { degraded } = JSON.parse(text) as { readonly degraded: readonly string[] }
    return degraded.length === 0 ? 'full' : 'degraded'
  } catch {
    return 'error'
  }
}
