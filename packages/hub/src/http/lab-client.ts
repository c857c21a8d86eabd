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

/** Asks the demo fleet's controller; time and size are bounded. */
export class LabClient {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /**
   * Passes a request on.
   *
   * @throws {ApiError} when there is no answer in time.
   */
  async request({ method, path, body }: LabRequest): Promise<LabAnswer> {
    try {
      const response = await fetch(new URL(path, this.#url), {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          accept: 'application/json',
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === null ? {} : { body: new Uint8Array(body) }),
      })
      const contentType = response.headers.get('content-type') ?? 'application/json'
      return { status: response.status, contentType, body: await readBounded(response) }
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown'
      throw new ApiError('LAB_UNREACHABLE', `The demo fleet's controller does not answer: ${reason}`)
    }
  }
}

async function readBounded(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > maxBytes) throw new Error('its answer is too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
