import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../dist', import.meta.url))

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Serves a file of the built page, and the page itself for any other path, under a strict policy. */
export async function serveFile(pathname: string, response: ServerResponse): Promise<void> {
  const isAsset = pathname === '/favicon.svg' || (pathname.startsWith('/assets/') && !pathname.includes('..'))
  const name = isAsset ? normalize(pathname) : 'index.html'
  const content = await readFile(join(root, name)).catch(() => undefined)
  response.writeHead(content ? 200 : 404, {
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  })
  response.end(content)
}
