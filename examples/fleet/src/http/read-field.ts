import { HttpProblem } from './http-problem.ts'

/** A text of 1–200 characters in a body. @throws {HttpProblem} 400 that names the field */
export function readText(body: unknown, field: string): string {
  const value = read(body, field)
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value
  throw new HttpProblem(400, `The field '${field}' must be a text of 1–200 characters`, field)
}

/** A whole number of at least 1 in a body. @throws {HttpProblem} 400 that names the field */
export function readCount(body: unknown, field: string): number {
  const value = read(body, field)
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value
  throw new HttpProblem(400, `The field '${field}' must be a whole number of at least 1`, field)
}

function read(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[field] : undefined
}
