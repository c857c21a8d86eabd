/** Every way in which a request can go wrong: its code, HTTP status and title. */
export const problems: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  INVALID_FIELD: [400, 'A field is wrong'],
  MALFORMED_BODY: [400, 'The body cannot be read'],
  BODY_TOO_DEEP: [400, 'The body is nested too deep'],
  UNAUTHENTICATED: [401, 'The token is missing or wrong'],
  FOREIGN_ORIGIN: [403, 'The request comes from another site'],
  NOT_FOUND: [404, 'There is no such thing'],
  BODY_TOO_LARGE: [413, 'The body is too large'],
  UNSUPPORTED_TYPE: [415, 'The body must be JSON'],
  UNSUPPORTED_ENCODING: [415, 'The body is packed in an unknown way'],
  FOREIGN_HOST: [421, 'The request is for another host'],
  TOO_MANY_WAITING: [429, 'The writer is behind'],
  NO_ROOM: [429, 'The hub has as many services or instances as it keeps'],
  TOO_MANY_STREAMS: [429, 'Too many streams are open'],
  TOO_MANY_ATTEMPTS: [429, 'Too many wrong tokens'],
  BAD_REQUEST: [400, 'The request cannot be understood'],
  INTERNAL: [500, 'The hub failed'],
  LAB_UNREACHABLE: [502, 'The demo fleet does not answer'],
  STOPPING: [503, 'The hub is stopping'],
  NOT_READY: [503, 'The hub is not ready'],
  STORE_FAILED: [503, 'The store cannot write'],
}

/** The name of a problem, stable for programs. */
export type ProblemCode =
  | 'INVALID_FIELD'
  | 'MALFORMED_BODY'
  | 'BODY_TOO_DEEP'
  | 'UNAUTHENTICATED'
  | 'FOREIGN_ORIGIN'
  | 'NOT_FOUND'
  | 'BODY_TOO_LARGE'
  | 'UNSUPPORTED_TYPE'
  | 'UNSUPPORTED_ENCODING'
  | 'FOREIGN_HOST'
  | 'TOO_MANY_WAITING'
  | 'NO_ROOM'
  | 'TOO_MANY_STREAMS'
  | 'TOO_MANY_ATTEMPTS'
  | 'BAD_REQUEST'
  | 'INTERNAL'
  | 'LAB_UNREACHABLE'
  | 'STOPPING'
  | 'NOT_READY'
  | 'STORE_FAILED'

/** What a problem may tell besides its code. */
export interface ProblemExtras {
  /** The field of the input that is wrong. */
  readonly field?: string
  /** Seconds after which to try again. */
  readonly retryAfterS?: number
}

/** A request that cannot be served; rendered as problem+json in one place. */
export class ApiError extends Error {
  readonly problem: ProblemCode
  readonly extras: ProblemExtras

  constructor(problem: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail)
    this.problem = problem
    this.extras = extras
  }

  override get name(): string {
    return 'ApiError'
  }
}
