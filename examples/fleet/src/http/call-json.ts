import { HttpStatusError } from './http-status-error.ts'

/** A request to another service. */
export interface CallOptions {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/**
 * Calls a service and gives its parsed answer, undefined when it has no body.
 *
 * @throws {HttpStatusError} when the status is not 2xx
 * @throws {TypeError} of `fetch` when there is no answer; its cause says why
 */
export async function callJson(url: string, options: CallOptions = {}): Promise<unknown> {
  const { method = 'GET', body, headers, signal } = options
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  const text = await response.text()
  if (!response.ok) throw new HttpStatusError(method, url, response.status)
  return text === '' ? undefined : JSON.parse(text)
}
