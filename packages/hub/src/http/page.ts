import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from './api-error.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Breakwater hub</title>
<body><h1>The page is not built</h1><p>The hub runs and takes reports. Build its page with
<code>npm run build -w @breakwater/dashboard</code> and load this again.</p></body></html>`

/** Serves the built page: its files, and its entry for every other path that is not the API's. */
export function addPage(server: FastifyInstance, pageDir: string | null): void {
  server.setNotFoundHandler(async (request, reply) => {
    const path = decodedPath(request)
    const isPage = request.method === 'GET' || request.method === 'HEAD'
    if (!isPage || path === null || isReserved(path))
      throw new ApiError('NOT_FOUND', 'There is nothing at this address')
    const folder = pageDir ?? (await builtPage())
    if (folder === null) return await reply.code(503).type('text/html; charset=utf-8').send(notBuilt)
    return await sendFile(reply, folder, path)
  })
}

async function sendFile(reply: FastifyReply, folder: string, path: string): Promise<unknown> {
  const asked = fileIn(folder, path)
  if (asked !== null && (await isFile(asked))) return await send(reply, asked, path.startsWith('/assets/'))
  if (path.startsWith('/assets/')) throw new ApiError('NOT_FOUND', 'There is no such file')
  const entry = join(folder, 'index.html')
  if (!(await isFile(entry))) return await reply.code(503).type('text/html; charset=utf-8').send(notBuilt)
  return await send(reply, entry, false)
}

async function send(reply: FastifyReply, file: string, isHashed: boolean): Promise<unknown> {
  const caching = isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'
  const type = contentTypes[extname(file)] ?? 'application/octet-stream'
  return await reply.header('cache-control', caching).type(type).send(createReadStream(file))
}

// In the workspace the page is where the dashboard builds it; a packed hub has it inside.
async function builtPage(): Promise<string | null> {
  for (const place of ['../../../dashboard/dist', '../../page']) {
    const folder = fileURLToPath(new URL(place, import.meta.url))
    if (await isFile(join(folder, 'index.html'))) return folder
  }
  return null
}

function decodedPath(request: FastifyRequest): string | null {
  try {
    return decodeURIComponent(request.url.split('?')[0] ?? '/')
  } catch {
    return null
  }
}

function isReserved(path: string): boolean {
  return /^\/(?:api|health|metrics)(?:\/|$)/.test(path)
}

function fileIn(folder: string, path: string): string | null {
  if (path.includes('\0')) return null
  const root = normalize(folder + sep)
  const file = normalize(join(root, path))
  return file.startsWith(root) ? file : null
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false
}
