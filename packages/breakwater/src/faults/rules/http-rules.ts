import { type BuiltInRule, classification, type Verdict } from '../classification.ts'
import {
  conflictAction,
  dependencyBusy,
  dependencyPermanent,
  dependencyTransient,
  invalidInput,
  securityAction,
} from './verdicts.ts'

const verdicts: ReadonlyMap<number, Verdict> = new Map([
  [401, securityAction],
  [403, securityAction],
  [407, securityAction],
  [408, dependencyTransient],
  [409, conflictAction],
  [412, conflictAction],
  [425, dependencyBusy],
  [429, dependencyBusy],
  [501, dependencyPermanent],
  [505, dependencyPermanent],
])

/** HTTP answers. Only 408, 425, 429 and 5xx without 501 and 505 are worth trying again. */
export const httpRule: BuiltInRule = ({ status }) => {
  const verdict = verdictOf(status)
  return verdict === undefined ? undefined : classification(verdict, `http:${String(status)}`)
}

function verdictOf(status: number): Verdict | undefined {
  if (status < 400) return undefined
  return verdicts.get(status) ?? (status >= 500 ? dependencyTransient : invalidInput)
}
