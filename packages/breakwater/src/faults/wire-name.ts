import { reportLimits } from '../protocol/index.ts'

const control = /[\u0000-\u001f\u007f]/g

/**
 * A text as a name that every hub takes: 1 to 200 characters, none of them a control or half character. A
 * hub refuses a report with any other name, and all counts in it would be lost for one odd key of one error.
 */
export function wireName(text: string): string {
  const name = text.slice(0, reportLimits.nameLength).replace(control, ' ').toWellFormed()
  if (name === '') return '(empty)'
  return name === '__proto__' ? '(__proto__)' : name
}
