/** An answer of the hub that is no success, or no answer at all (status 0). */
export class RequestError extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined

  constructor(message: string, facts: { status: number; code: string; field?: string | undefined }) {
    super(message)
    this.name = 'RequestError'
    this.status = facts.status
    this.code = facts.code
    this.field = facts.field
  }
}

/** Values for a query string; those that are undefined or empty are left out. */
export type Params = Readonly<Record<string, string | number | undefined>>

/** Asks the hub for something. */
export async function getJson<T>(path: string, params: Params, signal: AbortSignal): Promise<T> {
  const response = await reach(path + formatParams(params), { signal })
  return readJson<T>(response)
}

/** Tells the hub to do something; the answer's body is read unless there is none (204 and the like). */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const content =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await reach(path, { method, ...content })
  return readJson<T>(response)
}

/** Path segments, encoded, joined by slashes. */
export function apiPath(...segments: readonly string[]): string {
  return `/api/v1/${segments.map(encodeURIComponent).join('/')}`
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new RequestError('The hub does not answer', { status: 0, code: 'unreachable' })
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text()
  // The hub is this page's own server and versioned with it: its views are trusted to have their shape.
  return (text === '' ? undefined : parseJson(text, response.status)) as T
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RequestError('The hub answered with something that is not JSON', { status, code: 'not-json' })
  }
}

async function problemOf(response: Response): Promise<RequestError> {
  const { status } = response
  const body: unknown = await response.json().catch(() => undefined)
  const problem: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const text = [problem.detail, problem.title].find((value) => typeof value === 'string' && value !== '')
  const code = typeof problem.code === 'string' ? problem.code : String(status)
  const field = typeof problem.field === 'string' ? problem.field : undefined
  const said = typeof text === 'string' ? text.replace(/\.$/, '') : response.statusText
  return new RequestError(`The hub answered ${status}${said === '' ? '' : `: ${said}`}`, {
    status,
    code,
    field,
  })
}

function formatParams(params: Params): string {
  const entries = Object.entries(params).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  const text = new URLSearchParams(entries).toString()
  return text === '' ? '' : `?${text}`
}
