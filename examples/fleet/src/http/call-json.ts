import { HttpStatusError } from './http-status-error.ts'
import { NoAnswerError } from './no-answer-error.ts'

/** A request to another service. */
export interface CallOptions {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** The path with its variable parts named, as errors are to show it: `/stock/:id`. @default the path itself */
  readonly route?: string
}

/**
 * Calls a service and gives its parsed answer, undefined when it has no body.
 *
 * @throws {HttpStatusError} when the status is not 2xx
 * @throws {NoAnswerError} when there is none
 * @throws the signal's reason when it aborts
 */
export async function callJson(url: string, options: CallOptions = {}): Promise<unknown> {
  const { method = 'GET', body, headers, signal, route = new URL(url).pathname } = options
  const request: RequestInit = {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }
  const { status, text } = await exchange(url, request, `${method} ${route}`)
  if (status < 200 || status >= 300) throw new HttpStatusError(`${method} ${route}`, status)
  return text === '' ? undefined : JSON.parse(text)
}

async function exchange(
  url: string,
  request: RequestInit,
  what: string,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(url, request)
    return { status: response.status, text: await response.text() }
  } catch (error) {
    if (request.signal?.aborted === true) throw error
    throw new NoAnswerError(what, error)
  }
}
