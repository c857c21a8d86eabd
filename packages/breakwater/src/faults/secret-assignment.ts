const keyAndSeparator = /(?<![\w.-])([a-z][\w.-]{1,80})(\\?["']?[ \t]{0,4}[:=][ \t]{0,4})/gi

/** What was redacted before; a string in JSON; one in JSON in a string; one in single quotes; a bare word. */
const value =
  /\[redacted\]|"(?:[^"\\]|\\.)*"?|\\"(?:[^"\\]|\\[^"])*(?:\\")?|'(?:[^'\\]|\\.)*'?|[^\s,;&"'\\)}\]]+/y

/**
 * Replaces the values of `key=value`, `key: value`, `"key":"value"` and the like where the key is a secret's.
 * Quotes stay, so that what was JSON can still be read. One pass: only a secret's value is consumed.
 */
export function replaceAssignments(
  text: string,
  isSecretKey: (key: string) => boolean,
  replacement: string,
): string {
  let scrubbed = ''
  let copied = 0
  keyAndSeparator.lastIndex = 0
  for (let match = keyAndSeparator.exec(text); match !== null; match = keyAndSeparator.exec(text)) {
    if (!isSecretKey(match[1] ?? '')) continue
    value.lastIndex = keyAndSeparator.lastIndex
    const found = value.exec(text)?.[0]
    if (found === undefined) continue
    const quote = /^\\?["']/.exec(found)?.[0] ?? ''
    scrubbed += text.slice(copied, keyAndSeparator.lastIndex) + quote + replacement + quote
    copied = keyAndSeparator.lastIndex + found.length
    keyAndSeparator.lastIndex = copied
  }
  return scrubbed + text.slice(copied)
}
