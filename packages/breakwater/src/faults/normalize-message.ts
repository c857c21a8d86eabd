/** How much of a message counts. */
const longestMessage = 400

/** `needs` is what a text must contain for the pattern to be worth running; a `0` stands for any digit. */
type Replacement = readonly [needs: string, pattern: RegExp, placeholder: string]

/**
 * In this order, because the later ones would eat parts of the earlier ones. Every pattern starts only
 * where its first character can start a word, so the time is linear in the length.
 */
const replacements: readonly Replacement[] = [
  ['@', /(?<![\w.%+-])[\w.%+-]{1,64}@[a-z\d](?:[a-z\d.-]{0,250})\.[a-z]{2,24}\b/gi, '<email>'],
  ['://', /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s"'<>)\]}]+/gi, '<url>'],
  [
    '.',
    /(?<![\w.-])(?:[a-z\d](?:[a-z\d-]{0,61})\.){1,8}(?:com|net|org|io|dev|app|gov|edu|info|internal|local|svc|cloud|co|eu|de|uk|example|test)\b(?::\d{1,5}\b)?(?![\w(])/gi,
    '<hostname>',
  ],
  [
    ':',
    /(?<![\w:])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,7}:(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,6})?|::(?:[\da-f]{1,4}:){0,6}[\da-f]{1,4})(?![\w:])/gi,
    '<ip>',
  ],
  ['0.', /\b(?:\d{1,3}\.){3}\d{1,3}\b(?::\d{1,5}\b)?/g, '<ip>'],
  ['0-', /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<uuid>'],
  ['0', /\b[\da-f]{40}\b/gi, '<sha1>'],
  ['0', /\b[\da-f]{32}\b/gi, '<md5>'],
  [
    '0-',
    /\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?!\w)/g,
    '<date>',
  ],
  ['0:', /\b\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\b/g, '<date>'],
  [
    '0',
    /(?<![\w.])\d{1,20}(?:\.\d{1,12})?\s?(?:ms|milliseconds?|µs|us|ns|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)\b/g,
    '<duration>',
  ],
  ['0', /\b0x[\da-f]{1,64}\b|(?<![\w-])(?=[a-f]{0,31}\d)(?=\d{0,31}[a-f])[\da-f]{8,64}(?![\w-])/gi, '<hex>'],
  ['0.', /(?<![\w.])-?\d{1,30}\.\d{1,30}(?:e[+-]?\d{1,3})?(?![\w.])/gi, '<float>'],
  ['0', /(?<![a-z\d])-?\d+(?![a-z\d])/gi, '<int>'],
  ['=', /=(?:"[^"\n]*"|'[^'\n]*')/g, '=<quoted_str>'],
  ['=', /=(?:true|false)\b/gi, '=<bool>'],
]

const quotedString = /(?<!\w)(?:"[^"\n]{1,200}"|'[^'\n]{1,200}'|`[^`\n]{1,200}`)(?!\w)/g
/** A quoted word is a name in the program and tells problems apart: `Unknown column 'email'`. */
const quotedName = /^.[A-Za-z_$][\w$]{0,60}.$/

const digit = /\d/
const hasQuote = /['"`]/

/**
 * The first two lines of a message with its volatile parts replaced, so that the same problem has the same
 * text: `connect ECONNREFUSED <ip>`. At most 400 characters of the message are looked at.
 */
export function normalizeMessage(message: string): string {
  let text = firstLines(message)
  const hasDigit = digit.test(text)
  for (const [needs, pattern, placeholder] of replacements) {
    if (!isWorthIt(needs, text, hasDigit)) continue
    text = text.replace(pattern, placeholder)
  }
  return hasQuote.test(text) ? replaceQuoted(text) : text
}

function replaceQuoted(text: string): string {
  return text.replace(quotedString, (quoted) =>
    quotedName.test(quoted) || quoted.slice(1, -1) === '<int>' ? quoted : '<quoted_str>',
  )
}

function isWorthIt(needs: string, text: string, hasDigit: boolean): boolean {
  if (!needs.startsWith('0')) return text.includes(needs)
  return hasDigit && (needs === '0' || text.includes(needs.slice(1)))
}

/** The first two lines that are not empty; the rest of a message is mostly detail of one occurrence. */
function firstLines(message: string): string {
  const text = message.slice(0, longestMessage)
  if (!text.includes('\n')) return text.trim()
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .slice(0, 2)
    .join(' ')
}
