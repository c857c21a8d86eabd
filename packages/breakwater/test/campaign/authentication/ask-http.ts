import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** Who asks, and where. */
export interface Question {
  readonly port: number
  readonly authorization: string
  readonly signal: AbortSignal
}

/** The body of the answer, over a connection of its own; a status other than 200 is an error that says it. */
export async function askHttp({ port, authorization, signal }: Question): Promise<string> {
  const agent = new Agent({ keepAlive: false })
  const headers = { authorization }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, headers, signal, agent }, resolve)
    asked.on('error', reject)
    asked.end()
  })
  const body = await text(response)
  if (response.statusCode === 200) return body
  throw Object.assign(new Error(`Status ${response.statusCode}`), { status: response.statusCode })
}
