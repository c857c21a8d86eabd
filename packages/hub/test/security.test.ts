import { request } from 'node:http'
import { expect, test } from 'vitest'
import { startHub } from '../src/index.ts'
import { aReport } from './a-report.ts'
import { aFolder, aHub } from './test-hub.ts'

const token = 'correct-horse-battery-staple'
const bearer = { authorization: `Bearer ${token}` }

/** Sends a request with any host and path, which `fetch` would not. */
async function ask(url: string, options: { path: string; host?: string }): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const { hostname, port } = new URL(url)
  const headers = options.host === undefined ? {} : { host: options.host }
  request({ hostname, port, path: options.path, headers }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
    .on('error', reject)
    .end()
  return await promise
}

test('startHub() refuses an address that is not loopback without a token and opens no database', async () => {
  const dataDir = aFolder()

  await expect(startHub({ host: '0.0.0.0', port: 0, dataDir })).rejects.toThrow(
    /--token or BREAKWATER_HUB_TOKEN/,
  )
})

test.each([
  '/api/v1/hub',
  '/api/v1/overview',
  '/metrics',
  '/api/v1/live',
  '/api/v1/nothing',
  '/%61pi/v1/hub',
  '/api/v1/lab',
])('%s answers 401 without the token', async (path) => {
  const { url } = await aHub({ token })

  expect(await ask(url, { path })).toBe(401)
})

test('POST /reports answers 401 without the token, 401 with a wrong one, and stores nothing', async () => {
  const { url, post } = await aHub({ token })
  const report = aReport({ to: Date.UTC(2026, 5, 1) })

  const without = await post(report)
  const wrong = await post(report, { authorization: `Bearer ${token}x` })

  expect([without.status, wrong.status]).toEqual([401, 401])
  expect(without.headers.get('www-authenticate')).toBe('Bearer')
  expect(await (await fetch(`${url}/api/v1/services`, { headers: bearer })).json()).toMatchObject({
    services: [],
  })
})

test('POST /reports takes a report with the token', async () => {
  const { post } = await aHub({ token })

  expect((await post(aReport({ to: Date.UTC(2026, 5, 1) }), bearer)).status).toBe(200)
})

test.each(['/health/live', '/health/ready'])('%s needs no token', async (path) => {
  const { url } = await aHub({ token })

  expect((await fetch(`${url}${path}`)).status).toBe(200)
})

async function signIn(url: string, given: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token: given }),
  })
}

test('POST /session gives a cookie that is not the token and opens the API', async () => {
  const { url } = await aHub({ token })

  const answer = await signIn(url, token)

  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(answer.status).toBe(204)
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
  expect(cookie).not.toContain(token)
  const headers = { cookie: `theme=dark; ${cookie.split(';')[0] ?? ''}` }
  expect((await fetch(`${url}/api/v1/hub`, { headers })).status).toBe(200)
})

test('POST /session answers 401 to a wrong token, and 429 from the eleventh try in a minute on', async () => {
  const { url, clock } = await aHub({ token })
  const tries = Array.from({ length: 11 }, () => 'wrong')

  const statuses: number[] = []
  for (const wrong of tries) statuses.push((await signIn(url, wrong)).status)
  const blocked = await signIn(url, token)
  clock.advance(60_001)

  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  expect(blocked.status).toBe(429)
  expect((await signIn(url, token)).status).toBe(204)
})

test.each(['evil.example', 'evil.example:4700', '127.0.0.1.evil.example', '[::2]:1'])(
  'a hub on loopback does not answer to the host %s',
  async (host) => {
    const { url } = await aHub()

    expect(await ask(url, { path: '/api/v1/hub', host })).toBe(421)
  },
)

test.each(['localhost:1', '127.0.0.1', '[::1]:4700'])(
  'a hub on loopback answers to the host %s',
  async (host) => {
    const { url } = await aHub()

    expect(await ask(url, { path: '/api/v1/hub', host })).toBe(200)
  },
)

test('changes from a page of another site are refused', async () => {
  const { post } = await aHub()

  const foreign = await post(aReport({ to: Date.UTC(2026, 5, 1) }), { origin: 'http://evil.example' })

  expect([foreign.status, await foreign.json()]).toEqual([
    403,
    expect.objectContaining({ code: 'FOREIGN_ORIGIN' }),
  ])
})

test('changes from the hub’s own page are taken', async () => {
  const { post, url } = await aHub()

  expect((await post(aReport({ to: Date.UTC(2026, 5, 1) }), { origin: url })).status).toBe(200)
})

test('every answer forbids framing, sniffing and foreign scripts', async () => {
  const { url } = await aHub()

  const { headers } = await fetch(`${url}/api/v1/hub`)

  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
})
