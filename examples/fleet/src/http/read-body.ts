import type { IncomingMessage } from 'node:http'
import { HttpProblem } from './http-problem.ts'

const maxBodyBytes = 65_536

/**
 * Reads a request's JSON body; undefined when it has none.
 *
 * @throws {HttpProblem} 413 beyond 64 KiB, 400 when it is no JSON
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new HttpProblem(413, `The body is larger than ${maxBodyBytes} bytes`)
    chunks.push(chunk)
  }
  if (bytes === 0) return undefined
  return parse(Buffer.concat(chunks).toString('utf8'))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpProblem(400, 'The body is not valid JSON')
  }
}
