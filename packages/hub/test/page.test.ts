import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aFolder, aHub } from './test-hub.ts'

function aPage(): string {
  const folder = aFolder()
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'page', 'index.html'), '<title>the page</title>')
  writeFileSync(join(folder, 'page', 'assets', 'app-1a2b.js'), 'run()')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  return join(folder, 'page')
}

async function rawGet(url: string, path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const { hostname, port } = new URL(url)
  request({ hostname, port, path }, (response) => {
    response.toArray().then((parts) => resolve(parts.join('')), reject)
  })
    .on('error', reject)
    .end()
  return await promise
}

test.each(['/', '/services/payments', '/errors?q=a'])(
  'GET %s answers the page, not to be cached',
  async (path) => {
    const { url } = await aHub({ pageDir: aPage() })

    const answer = await fetch(`${url}${path}`)

    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await answer.text()).toContain('the page')
  },
)

test('GET of a hashed asset may be cached for ever', async () => {
  const { url } = await aHub({ pageDir: aPage() })

  const answer = await fetch(`${url}/assets/app-1a2b.js`)

  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(await answer.text()).toBe('run()')
})

test('GET of an asset that is not there answers 404 and not the page', async () => {
  const { url } = await aHub({ pageDir: aPage() })

  expect((await fetch(`${url}/assets/old.js`)).status).toBe(404)
})

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/%00',
])('GET %s does not leave the page’s folder', async (path) => {
  const { url } = await aHub({ pageDir: aPage() })

  expect(await rawGet(url, path)).not.toContain('secret')
})

test('GET of an unknown path under /api answers problem+json', async () => {
  const { url } = await aHub({ pageDir: aPage() })

  const answer = await fetch(`${url}/api/v2/hub`)

  expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: 'NOT_FOUND' })])
})

test('GET / says how to build the page when it is not built', async () => {
  const { url } = await aHub({ pageDir: aFolder() })

  const answer = await fetch(url)

  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('npm run build -w @breakwater/dashboard')
})
