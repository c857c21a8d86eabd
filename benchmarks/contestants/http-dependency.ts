import { Agent, createServer, get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Trial } from '../harness/compare.ts'
import type { Work } from '../harness/work.ts'

/** A contestant around one request to a server on loopback, over a connection that is kept; each has a server of its own. */
export async function overHttp(protect: (request: Work) => Trial | Promise<Trial>): Promise<Trial> {
  const server = createServer((_, response) => response.end('ok'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const trial = await protect(() => requestOf(server, agent))
  return { ...trial, dispose: () => close(trial, server, agent) }
}

function requestOf(server: Server, agent: Agent): Promise<number> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
  })
}

async function close(trial: Trial, server: Server, agent: Agent): Promise<void> {
  await trial.dispose?.()
  agent.destroy()
  server.close()
}
