/** Why a body was refused before its fields were looked at. */
export type BodyProblem = 'MALFORMED_BODY' | 'BODY_TOO_DEEP' | 'BODY_TOO_LARGE' | 'UNSUPPORTED_ENCODING'

/** A body that is no report at all. */
export class BodyError extends Error {
  readonly problem: BodyProblem

  constructor(problem: BodyProblem, message: string) {
    super(message)
    this.problem = problem
  }

  override get name(): string {
    return 'BodyError'
  }
}
