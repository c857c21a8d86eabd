import { reportLimits, type SerializedError } from '../protocol/index.ts'
import { readErrorCode, readErrorMessage, readErrorName, readHttpStatus } from './error-traits.ts'
import { fieldText } from './field-text.ts'
import { readProperty, readString } from './read-property.ts'
import { redacted, type Scrubber } from './scrub.ts'
import { wireName } from './wire-name.ts'
import { cutMark } from './cut-mark.ts'

/** How much of an error is kept. */
export interface SerializeLimits {
  /** Errors in all: the error, its causes and the members of AggregateErrors. @default 24 */
  readonly errors: number
  /** How deep causes and members are followed. @default 8 */
  readonly depth: number
  /** @default 2,000 */
  readonly messageLength: number
  /** @default 16,000 for the error itself and a quarter of it for each cause */
  readonly stackLength: number
  /** @default 50 */
  readonly fields: number
  /** @default 1,000 */
  readonly fieldLength: number
  /** Characters of text in all; what does not fit is cut. @default 64,000 */
  readonly textLength: number
}

/** What {@link serializeError} keeps unless told otherwise. */
export const serializeDefaults: SerializeLimits = Object.freeze({
  errors: 24,
  depth: reportLimits.causeDepth,
  messageLength: reportLimits.messageLength,
  stackLength: reportLimits.stackLength,
  fields: reportLimits.contextKeys,
  fieldLength: reportLimits.contextValueLength,
  textLength: 64_000,
})

/** Options of {@link serializeError}. */
export interface SerializeOptions {
  /** Removes secrets. @default the text is kept as it is */
  readonly scrubber?: Scrubber
  /** How much is kept. @default {@link serializeDefaults} */
  readonly limits?: SerializeLimits
}

/** A scrubbed text may shrink; this much more than the limit is looked at, so that no secret is cut in two. */
const lookahead = 4_096
/** Fields that have a place of their own. */
const placed: ReadonlySet<string> = new Set([
  'name',
  'message',
  'stack',
  'code',
  'cause',
  'errors',
  'status',
  'statusCode',
  'response',
])
const membersKept = 8
const keepAll: Scrubber = { text: (value) => value, isSecretKey: () => false }

/**
 * Any thrown value as plain, bounded, JSON-safe data: causes, members of AggregateErrors, own fields as text.
 * What is missing is said in `cut`. Never throws, whatever it is given; `toJSON` is not called.
 */
export function serializeError(error: unknown, options: SerializeOptions = {}): SerializedError {
  return new Serialization(options).serialize(error, 0)
}

class Serialization {
  readonly #limits: SerializeLimits
  readonly #scrubber: Scrubber
  readonly #above: unknown[] = []
  #left: number
  #room: number

  constructor(options: SerializeOptions) {
    this.#limits = options.limits ?? serializeDefaults
    this.#scrubber = options.scrubber ?? keepAll
    this.#left = this.#limits.errors
    this.#room = this.#limits.textLength
  }

  serialize(error: unknown, depth: number): SerializedError {
    this.#left -= 1
    this.#above.push(error)
    try {
      return this.#serializeReadable(error, depth)
    } catch {
      return { name: 'unreadable', message: '', cut: 'unreadable' }
    } finally {
      this.#above.pop()
    }
  }

  #serializeReadable(error: unknown, depth: number): SerializedError {
    const result: { -readonly [K in keyof SerializedError]: SerializedError[K] } = {
      name: readErrorName(error).slice(0, reportLimits.nameLength),
      message: this.#text(readErrorMessage(error), this.#limits.messageLength),
    }
    if (typeof error !== 'object' || error === null) return result
    const code = readErrorCode(error)
    if (code !== '') result.code = this.#text(code, 100)
    const status = readHttpStatus(error)
    if (status !== 0) result.status = status
    const stack = readString(error, 'stack')
    if (stack !== undefined)
      result.stack = this.#text(stack, this.#limits.stackLength >> (depth === 0 ? 0 : 2))
    const fields = this.#fields(error)
    if (fields !== undefined) result.fields = fields
    const cut = readString(error, cutMark)
    if (cut !== undefined) result.cut = cut.slice(0, 50)
    return { ...result, ...this.#cause(error, depth), ...this.#members(error, depth) }
  }

  #text(value: string, longest: number): string {
    const limit = Math.min(longest, this.#room)
    const text = this.#scrubber.text(value.slice(0, limit + lookahead)).slice(0, limit)
    this.#room -= text.length
    return text
  }

  #fields(error: object): Record<string, string> | undefined {
    if (ArrayBuffer.isView(error) || isArray(error)) return undefined
    const entries: Array<[string, string]> = []
    for (const key of ownKeys(error)) {
      if (placed.has(key)) continue
      if (entries.length >= this.#limits.fields || this.#room <= 0) break
      entries.push([wireName(this.#text(key, 100)), this.#field(error, key)])
    }
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  }

  #field(error: object, key: string): string {
    if (this.#scrubber.isSecretKey(key)) return redacted
    let value: unknown
    try {
      value = Reflect.get(error, key)
    } catch {
      return '[unreadable]'
    }
    const limit = this.#limits.fieldLength
    const text = fieldText(value, limit + lookahead, (name) => this.#scrubber.isSecretKey(name))
    return this.#text(text, limit)
  }

  #cause(error: object, depth: number): { cause?: SerializedError; cut?: string } {
    const cause = readProperty(error, 'cause')
    if (cause === undefined || cause === null) return {}
    const cut = this.#whyNot(cause, depth)
    return cut === undefined ? { cause: this.serialize(cause, depth + 1) } : { cut }
  }

  #members(error: object, depth: number): { errors?: readonly SerializedError[]; cut?: string } {
    const members = readProperty(error, 'errors')
    if (!isArray(members)) return {}
    const errors: SerializedError[] = []
    let cut = members.length > membersKept ? 'depth' : undefined
    for (let i = 0; i < members.length && i < membersKept; i++) {
      const member = readProperty(members, i)
      const reason = this.#whyNot(member, depth)
      if (reason === undefined) errors.push(this.serialize(member, depth + 1))
      else cut = reason
    }
    return { ...(errors.length > 0 && { errors }), ...(cut !== undefined && { cut }) }
  }

  #whyNot(error: unknown, depth: number): string | undefined {
    if (typeof error === 'object' && this.#above.includes(error)) return 'cycle'
    return depth >= this.#limits.depth || this.#left <= 0 ? 'depth' : undefined
  }
}

function ownKeys(value: object): readonly string[] {
  try {
    return Object.keys(value)
  } catch {
    return []
  }
}

/** `Array.isArray` throws for a revoked proxy. */
function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value)
  } catch {
    return false
  }
}
