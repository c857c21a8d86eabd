import type { LabFaultKind, LabFaultOrder } from 'breakwater/protocol'
import { faultKinds } from '../faults/fault-kinds.ts'
import { HttpProblem } from '../http/http-problem.ts'

/** The services that faults can be started in. */
export const faultTargets: readonly string[] = ['payments', 'inventory', 'recommendations']

const kinds = Object.keys(faultKinds) as readonly LabFaultKind[]

/** Reads an order and fills in its defaults. @throws {HttpProblem} 400 that names the field and its value */
export function readFaultOrder(body: unknown): Required<LabFaultOrder> {
  if (typeof body !== 'object' || body === null) throw new HttpProblem(400, 'The body must be an object')
  const order = body as Readonly<Record<string, unknown>>
  return {
    target: oneOf(order, 'target', faultTargets),
    kind: oneOf(order, 'kind', kinds),
    ratio: between(order, 'ratio', { min: 0, max: 1, fallback: 1 }),
    latencyMs: between(order, 'latencyMs', { min: 0, max: 60_000, fallback: 2_000 }),
    status: between(order, 'status', { min: 400, max: 599, fallback: 503, isWhole: true }),
    durationMs: between(order, 'durationMs', { min: 100, max: 600_000, fallback: 30_000 }),
  }
}

function oneOf<T extends string>(
  order: Readonly<Record<string, unknown>>,
  field: string,
  words: readonly T[],
): T {
  const value = order[field]
  const word = words.find((known) => known === value)
  if (word !== undefined) return word
  throw wrong(field, `one of ${words.join(', ')}`, value)
}

interface Range {
  readonly min: number
  readonly max: number
  readonly fallback: number
  readonly isWhole?: boolean
}

function between(order: Readonly<Record<string, unknown>>, field: string, range: Range): number {
  const value = order[field] ?? range.fallback
  const { min, max, isWhole = false } = range
  const isNumber = typeof value === 'number' && value >= min && value <= max
  if (isNumber && (!isWhole || Number.isInteger(value))) return value
  throw wrong(field, `a ${isWhole ? 'whole number' : 'number'} from ${min} to ${max}`, value)
}

function wrong(field: string, rule: string, value: unknown): HttpProblem {
  const shown = JSON.stringify(value) ?? 'undefined'
  return new HttpProblem(
    400,
    `The field '${field}' must be ${rule}: current value is ${shown.slice(0, 100)}`,
    field,
  )
}
