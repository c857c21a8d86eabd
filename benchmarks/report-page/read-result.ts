import type { Machine } from '../harness/machine.ts'
import type { Row } from '../harness/row.ts'

/** What `npm run bench -- --json FILE` writes. */
export interface Result {
  readonly machine: Machine
  readonly rows: readonly Row[]
}

const texts = ['suite', 'contestant', 'case']
const figures = ['ns', 'ratio', 'bytes']

/**
 * Reads a result.
 *
 * @throws {TypeError} when the text is no such result, or one without rows
 */
export function readResult(text: string): Result {
  const parsed: unknown = JSON.parse(text)
  if (!isResult(parsed)) throw new TypeError('Cannot read the result as it is not what --json writes')
  return parsed
}

function isResult(parsed: unknown): parsed is Result {
  const { machine, rows } = fieldsOf(parsed)
  const { cpu, node, date, commit, cores, load } = fieldsOf(machine)
  const isMachine = [cpu, node, date, commit].every(isText) && [cores, load].every(isFigure)
  return isMachine && Array.isArray(rows) && rows.length > 0 && rows.every(isRow)
}

function isRow(row: unknown): boolean {
  const fields = fieldsOf(row)
  return texts.every((name) => isText(fields[name])) && figures.every((name) => isFigure(fields[name]))
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isFigure(value: unknown): boolean {
  return typeof value === 'number'
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
