import { bulkhead, circuitBreaker, pipeline, type Pipeline, timeout } from 'breakwater'
import { ApiError } from './api-error.ts'

/** What is passed on to the demo fleet's controller. */
export interface LabRequest {
  readonly method: string
  /** Path and query as the hub got them. */
  readonly path: string
  readonly body: Buffer | null
}

/** What it answered. */
export interface LabAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
}

const timeoutMs = 5_000
const maxBytes = 4_194_304

/** Asks the demo fleet's controller; time, size and number of requests at once are bounded. */
export class LabClient {
  readonly #url: string
  readonly #pipeline: Pipeline

  constructor(url: string) {
    this.#url = url
    this.#pipeline = pipeline({
      operation: 'lab.request',
      policies: [
        circuitBreaker({ name: 'lab', consecutiveFailures: 5, openMs: 1_000, maxOpenMs: 2_000 }),
        bulkhead({ name: 'lab', limit: 16, queue: 64 }),
        timeout({ name: 'lab', ms: timeoutMs }),
      ],
    })
  }

  /**
   * Passes a request on.
   *
   * @throws {ApiError} when there is no answer in time.
   */
  async request(request: LabRequest): Promise<LabAnswer> {
    try {
      return await this.#pipeline.run(({ signal }) => this.#ask(request, signal))
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown'
      throw new ApiError('LAB_UNREACHABLE', `The demo fleet's controller does not answer: ${reason}`)
    }
  }

  async #ask({ method, path, body }: LabRequest, signal: AbortSignal): Promise<LabAnswer> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      signal,
      redirect: 'error',
      headers: {
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    })
    const contentType = response.headers.get('content-type') ?? 'application/json'
    return { status: response.status, contentType, body: await readBounded(response) }
  }
}

async function readBounded(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  const body: AsyncIterable<Uint8Array> = response.body ?? emptyBody()
  for await (const part of body) {
    bytes += part.length
    if (bytes > maxBytes) throw new Error('its answer is too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function* emptyBody(): AsyncIterable<Uint8Array> {}
