import { replaceCardNumbers } from './card-number.ts'
import { replaceAssignments } from './secret-assignment.ts'
import { createSecretKeyTest } from './secret-key.ts'

/** What stands where a secret was. */
export const redacted = '[redacted]'

/** Removes secrets from text before it leaves the process. */
export interface Scrubber {
  /** The text without the secrets that it holds. Linear in its length. */
  text(value: string): string
  /** Whether a value under this name is a secret whatever it looks like. */
  isSecretKey(key: string): boolean
}

/** Options of {@link createScrubber}. */
export interface ScrubOptions {
  /** More names of secrets, besides `password`, `token`, `authorization`, `cookie` and the like. */
  readonly keys?: readonly string[]
  /** More patterns; every match is replaced. Keep them linear: they run on untrusted text. */
  readonly patterns?: readonly RegExp[]
}

const privateKey =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g
const userInfo = /\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/?#"'<>]{1,512}@/gi
const cookieLine = /\b((?:set-)?cookie[ \t]{0,4}[:=][ \t]{0,4})[^\r\n"'][^\r\n]*/gi
const authorizationLine =
  /\b((?:proxy-)?authorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?)(?:[a-z]{3,12}[ \t]{1,4})?[^\s"',;]+/gi
const schemeToken = /\b(bearer|basic|digest|negotiate)([ \t]{1,4})([\w.~+/=-]{8,8192})/gi
const jwt = /\beyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*){0,3}/g
const knownToken =
  /\b(?:A(?:KIA|SIA)[A-Z\d]{16}|gh[pousr]_\w{30,255}|github_pat_\w{30,255}|glpat-[\w-]{20,64}|(?:sk|rk|pk)_(?:live|test)_\w{10,255}|sk-(?:proj-|ant-)?[\w-]{20,255}|xox[abeprs]-[\w-]{10,255}|AIza[\w-]{35}|npm_[A-Za-z\d]{36}|SG\.[\w-]{16,64}\.[\w-]{16,64})/g
/** Nothing below can match a text without one of these. */
const worthScrubbing = /[:=@]|eyJ|bearer|basic|digest|negotiate|-----BEGIN|\d{3}|_|-|A(?:KIA|SIA|Iza)|SG\./i

/**
 * Makes a scrubber for authorization headers, bearer and basic tokens, cookies, values under secret names,
 * JWTs, well-known token forms, user info in URLs, private keys and card numbers (their check digit must fit).
 */
export function createScrubber(options: ScrubOptions = {}): Scrubber {
  const isSecretKey = createSecretKeyTest(options.keys)
  const extra = (options.patterns ?? []).map((pattern) => new RegExp(pattern.source, globalFlags(pattern)))
  return {
    isSecretKey,
    text: (value) => {
      let text = value
      for (const pattern of extra) text = text.replace(pattern, redacted)
      return worthScrubbing.test(text) ? scrubText(text, isSecretKey) : text
    },
  }
}

function scrubText(value: string, isSecretKey: (key: string) => boolean): string {
  let text = value
  if (text.includes('-----BEGIN')) text = text.replace(privateKey, redacted)
  if (text.includes('://')) text = text.replace(userInfo, `$1${redacted}@`)
  if (/[:=]/.test(text)) {
    text = text.replace(cookieLine, `$1${redacted}`).replace(authorizationLine, `$1${redacted}`)
  }
  text = text.replace(schemeToken, replaceSchemeToken).replace(jwt, redacted).replace(knownToken, redacted)
  if (/[:=]/.test(text)) text = replaceAssignments(text, isSecretKey, redacted)
  return replaceCardNumbers(text, redacted)
}

/** `Basic authentication` is prose; a token has digits, `=` or mixed case. */
function replaceSchemeToken(match: string, ...groups: readonly string[]): string {
  const [scheme = '', space = '', token = ''] = groups
  return /[\d=+/_]|[a-z][A-Z]/.test(token) ? `${scheme}${space}${redacted}` : match
}

function globalFlags(pattern: RegExp): string {
  return pattern.flags.replace(/[gy]/g, '') + 'g'
}
