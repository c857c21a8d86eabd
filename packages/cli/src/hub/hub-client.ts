import { exponential, pipeline, retry, timeout } from 'breakwater'
import { CliError } from '../cli-error.ts'
import type { HubTarget } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import { HubAnswerError } from './hub-answer-error.ts'

/** A request to the hub. */
export interface HubRequest {
  /** Below `/api/v1`, with its query. */
  readonly path: string
  /** @default 'GET' */
  readonly method?: 'GET' | 'PUT'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Asks the hub; the answer is its JSON. */
export type AskHub = (request: HubRequest) => Promise<unknown>

const answerLimit = 16_777_216

/**
 * Makes a client of one hub. Each request is tried three times at most, within ten seconds.
 *
 * The client rejects with a {@link CliError}: exit code 3 when the hub does not answer, 1 when it refuses.
 */
export function hubClient(target: HubTarget): AskHub {
  const guarded = pipeline({
    operation: 'hub.request',
    policies: [
      timeout({ totalMs: 10_000 }),
      retry({ maxRetries: 2, backoff: exponential({ initialMs: 100, maxMs: 1_000 }) }),
      timeout({ ms: 5_000 }),
    ],
  })
  return async (request) => {
    const run = guarded.tryRun(
      ({ signal }) => ask(target, request, signal),
      request.signal === undefined ? {} : { signal: request.signal },
    )
    const outcome = await run
    if (outcome.ok) return outcome.value
    request.signal?.throwIfAborted()
    throw explain(outcome.error, target)
  }
}

async function ask({ url, token }: HubTarget, request: HubRequest, signal: AbortSignal): Promise<unknown> {
  const { path, method = 'GET', body } = request
  const response = await fetch(`${url}/api/v1${path}`, {
    ...{ method, signal, redirect: 'error' as const },
    headers: {
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = (await response.text()).slice(0, answerLimit)
  if (!response.ok) throw new HubAnswerError(response.status, describeProblem(response.status, text))
  return JSON.parse(text)
}

function describeProblem(status: number, text: string): string {
  try {
    const { title, detail } = JSON.parse(text) as { readonly title?: unknown; readonly detail?: unknown }
    if (typeof detail === 'string') return detail
    if (typeof title === 'string') return title
  } catch {
    // Not every answer is ours: a proxy may stand before the hub.
  }
  return `The hub answered ${status}`
}

function explain(error: unknown, { url }: HubTarget): CliError {
  if (error instanceof HubAnswerError) {
    const hint = error.status === 401 ? '; give its token with --token or BREAKWATER_HUB_TOKEN' : ''
    return new CliError(exitCode.failed, `The hub at ${url} refused: ${error.message}${hint}`, {
      cause: error,
    })
  }
  if (error instanceof SyntaxError) {
    return new CliError(exitCode.failed, `What answers at ${url} is no Breakwater hub`, { cause: error })
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new CliError(exitCode.hubUnreachable, `The hub at ${url} does not answer: ${reason}`, {
    cause: error,
  })
}
