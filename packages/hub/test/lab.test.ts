import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { aHub } from './test-hub.ts'

/** A controller that answers what it was asked. */
async function aController(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, server }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await request.toArray()).join('')
  response.writeHead(request.method === 'GET' ? 200 : 201, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ method: request.method, url: request.url, body }))
}

test('GET /lab answers 404 when the hub was started without a fleet', async () => {
  const { url } = await aHub()

  expect((await fetch(`${url}/api/v1/lab`)).status).toBe(404)
})

test('GET /lab passes on the path and the answer', async () => {
  const { url, get } = await aHub({ labUrl: (await aController()).url })

  expect(await (await fetch(`${url}/api/v1/lab`)).json()).toEqual({
    method: 'GET',
    url: '/api/v1/lab',
    body: '',
  })
  expect(await get('/api/v1/hub')).toMatchObject({ hasLab: true })
})

test('POST /lab/faults passes on the body and the status', async () => {
  const { url } = await aHub({ labUrl: (await aController()).url })

  const answer = await fetch(`${url}/api/v1/lab/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"target":"payments"}',
  })

  expect([answer.status, await answer.json()]).toEqual([
    201,
    { method: 'POST', url: '/api/v1/lab/faults', body: '{"target":"payments"}' },
  ])
})

test('GET /lab answers 502 when the controller is gone', async () => {
  const { url: labUrl, server } = await aController()
  const { url } = await aHub({ labUrl })
  server.close()

  const answer = await fetch(`${url}/api/v1/lab`)

  expect([answer.status, await answer.json()]).toEqual([
    502,
    expect.objectContaining({ code: 'LAB_UNREACHABLE' }),
  ])
})
