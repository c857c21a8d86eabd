import { checkText, mustBe } from '../config/check-option.ts'
import { aBoolean, aFunction, anArray, methods, type OptionRule } from '../config/option-rules.ts'
import { checkOptions, type OptionTable } from '../config/option-table.ts'

const what = 'pipeline'
const aFunctionOrFalse: OptionRule = (_what, field, value) => {
  if (value !== false && typeof value !== 'function')
    throw new TypeError(mustBe(`${what} as '${field}'`, 'a function or false', value))
}
const table = {
  operation: checkText,
  policies: anArray,
  idempotent: aBoolean,
  clock: methods('now', 'coarseNow', 'epochNow', 'setTimer', 'deadlines'),
  random: methods('next'),
  dispose: aFunctionOrFalse,
  observer: methods('callStarted', 'callEnded', 'attemptFailed'),
  onPoliciesSet: aFunction,
  remainingMs: aFunction,
  detach: aFunction,
  keepContext: aBoolean,
} satisfies OptionTable<object>

/**
 * Checks the options of a pipeline, but not what its policies check of themselves.
 *
 * @throws {TypeError} that names the option and its value
 */
export function checkPipelineOptions(options: object): void {
  checkOptions(what, options, table)
  anArray(what, 'policies', Reflect.get(options, 'policies'))
}
