import { checkFunction, checkMethods, checkNames, checkText } from '../config/check-option.ts'

const what = 'pipeline'
const names: readonly string[] = [
  ...['operation', 'policies', 'idempotent', 'clock', 'random', 'dispose', 'observer', 'onPoliciesSet'],
  ...['remainingMs', 'keepContext'],
]

/**
 * Checks the options of a pipeline, but not what its policies check of themselves.
 *
 * @throws {TypeError} that names the option and its value
 */
export function checkPipelineOptions(options: object): void {
  checkNames(what, options, names)
  const { operation, policies, idempotent, dispose, keepContext } = options as Readonly<
    Record<string, unknown>
  >
  if (!Array.isArray(policies)) throw wrongKind('policies', 'an array', policies)
  checkText(what, 'operation', operation)
  if (typeof (idempotent ?? true) !== 'boolean') throw wrongKind('idempotent', 'a boolean', idempotent)
  if (typeof (keepContext ?? true) !== 'boolean') throw wrongKind('keepContext', 'a boolean', keepContext)
  if (dispose !== undefined && dispose !== false && typeof dispose !== 'function')
    throw wrongKind('dispose', 'a function or false', dispose)
  checkFunction(what, 'onPoliciesSet', Reflect.get(options, 'onPoliciesSet'))
  checkFunction(what, 'remainingMs', Reflect.get(options, 'remainingMs'))
  checkMethods(what, options, {
    clock: ['now', 'coarseNow', 'epochNow', 'setTimer', 'deadlines'],
    random: ['next'],
    observer: ['callStarted', 'callEnded', 'attemptFailed'],
  })
}

function wrongKind(field: string, kind: string, value: unknown): TypeError {
  return new TypeError(
    `Cannot create ${what} as '${field}' must be ${kind}: current value is ${String(value)}`,
  )
}
