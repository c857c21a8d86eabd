import { type BuiltInRule, classification, type Verdict } from '../classification.ts'
import { readProperty } from '../read-property.ts'
import { dependencyBusy, dependencyPermanent, dependencyTransient } from './verdicts.ts'

const refused: Verdict = ['technical/dependency', 'medium', 'not-retryable']
const cancelled: Verdict = ['business/rule', 'low', 'not-retryable']

const abortCodes: ReadonlySet<string> = new Set([
  'ABORT_ERR',
  'UND_ERR_ABORTED',
  'ERR_CANCELED',
  'HEDGE_LOST',
])

/** The library's own refusals, by the word that their code is about. */
const words: ReadonlyArray<readonly [word: string, verdict: Verdict]> = [
  ['BUDGET', refused],
  ['EXHAUSTED', refused],
  ['DEADLINE', refused],
  ['TOTAL_TIMEOUT', refused],
  ['TIMEOUT', dependencyTransient],
  ['CIRCUIT', dependencyBusy],
  ['BULKHEAD', dependencyBusy],
  ['RATE', dependencyBusy],
  ['LIMIT', dependencyBusy],
]

/** What a policy of this library refused. */
export const rejectionRule: BuiltInRule = ({ isRejection, code }) => {
  if (!isRejection) return undefined
  const row = words.find(([word]) => code.includes(word))
  return classification(row?.[1] ?? refused, `breakwater:${code}`)
}

/** The caller gave up, or another attempt was faster: no fault of anybody, and not to be tried again. */
export const abortRule: BuiltInRule = ({ name, code }) => {
  const isAborted = name === 'AbortError' || abortCodes.has(code)
  return isAborted ? classification(cancelled, 'abort') : undefined
}

/** What the error says of itself: the AWS SDK's `$retryable`, others' `retryable` or `retriable`. */
export const hintRule: BuiltInRule = ({ error }) => {
  const hint =
    readProperty(error, '$retryable') ?? readProperty(error, 'retryable') ?? readProperty(error, 'retriable')
  if (hint === undefined || hint === null) return undefined
  return classification(hint === false ? dependencyPermanent : dependencyTransient, 'hint')
}

/** Time ran out, by the error's name: `AbortSignal.timeout()` and most libraries say `TimeoutError`. */
export const timeoutRule: BuiltInRule = ({ name }) =>
  /Timeout(?:Error|Exception)?$/.test(name) ? classification(dependencyTransient, 'timeout') : undefined
