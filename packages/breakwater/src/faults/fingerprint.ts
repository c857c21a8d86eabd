import { causeChain } from './cause-chain.ts'
import { findCulprit, formatCulprit, type InAppTest } from './culprit.ts'
import { readErrorCode, readErrorMessage, readErrorName, readHttpStatus } from './error-traits.ts'
import { hashText } from './hash-text.ts'
import { normalizeMessage } from './normalize-message.ts'
import { readString } from './read-property.ts'

/** What makes errors the same problem. */
export interface Fingerprint {
  /** 16 hex digits: the same for the same problem on each machine and in each version. */
  readonly fingerprint: string
  /** What it is made of, in words: `type + code + message + frame`. */
  readonly groupedBy: string
  readonly name: string
  /** The message with its volatile parts replaced. */
  readonly message: string
  /** `charge (src/payments.ts)`; empty when unknown. */
  readonly culprit: string
}

/** Options of {@link fingerprint}. */
export interface FingerprintOptions {
  /** Removes secrets before the message is normalised. @default leaves the text as it is */
  readonly scrub?: (text: string) => string
  /** Which frames are the application's own. @default not the platform, not packages, not this library */
  readonly isInApp?: InAppTest
}

/** The part of a message that is looked at before it is normalised. */
const longestMessage = 1_000

/** What an error says of itself without its stack. */
export interface Problem {
  readonly name: string
  readonly code: string
  /** The message with its volatile parts replaced. */
  readonly message: string
  /** The message as it is: it stands at the head of the stack. */
  readonly rawMessage: string
}

/**
 * Says which problem a thrown value is: name, code or status, message without its volatile parts, and the
 * innermost function and file of the application (no line numbers: they change with each version). An error
 * without a code takes the first one among its causes. Never throws.
 */
export function fingerprint(error: unknown, options: FingerprintOptions = {}): Fingerprint {
  return locateProblem(error, describeProblem(error, options), options)
}

/** The part of a fingerprint that needs no stack, which is expensive to read. Never throws. */
export function describeProblem(error: unknown, options: FingerprintOptions = {}): Problem {
  try {
    const rawMessage = readErrorMessage(error)
    const text = rawMessage.length > longestMessage ? rawMessage.slice(0, longestMessage) : rawMessage
    const message = normalizeMessage(options.scrub?.(text) ?? text).slice(0, longestMessage)
    return { name: readErrorName(error).slice(0, 200), code: codeOf(error), message, rawMessage }
  } catch {
    return { name: 'unreadable', code: '', message: '', rawMessage: '' }
  }
}

/** Completes a fingerprint with where in the application the error was made. Never throws. */
export function locateProblem(
  error: unknown,
  problem: Problem,
  options: FingerprintOptions = {},
): Fingerprint {
  const { name, code, message, rawMessage } = problem
  const culprit = readCulprit(error, rawMessage, options.isInApp)
  return {
    fingerprint: hashText(`${name}|${code}|${message}|${culprit}`),
    groupedBy: describe(code, message, culprit),
    name,
    message,
    culprit,
  }
}

/** `isInApp` is the application's own code and may throw. */
function readCulprit(error: unknown, rawMessage: string, isInApp: InAppTest | undefined): string {
  try {
    return formatCulprit(findCulprit(readString(error, 'stack') ?? '', rawMessage, isInApp))
  } catch {
    return ''
  }
}

function codeOf(error: unknown): string {
  const own = ownCode(error)
  if (own !== '' || typeof error !== 'object') return own
  for (const link of causeChain(error)) {
    const code = ownCode(link)
    if (code !== '') return code
  }
  return ''
}

function ownCode(error: unknown): string {
  const code = readErrorCode(error)
  if (code !== '') return code
  const status = readHttpStatus(error)
  return status === 0 ? '' : String(status)
}

function describe(code: string, message: string, culprit: string): string {
  let words = 'type'
  if (code !== '') words += ' + code'
  if (message !== '') words += ' + message'
  return culprit === '' ? words : `${words} + frame`
}
