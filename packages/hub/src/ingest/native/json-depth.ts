const quote = 0x22
const backslash = 0x5c

/**
 * Whether JSON text is nested deeper than `limit`. It looks at brackets outside strings only, so it answers
 * before the text is parsed, also for text that is not valid JSON.
 */
export function isDeeperThan(json: Uint8Array, limit: number): boolean {
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const byte = json[i] ?? 0
    if (byte === quote) {
      i = endOfString(json, i + 1)
    } else if (byte === 0x5b || byte === 0x7b) {
      depth++
      if (depth > limit) return true
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return false
}

function endOfString(json: Uint8Array, start: number): number {
  let end = json.indexOf(quote, start)
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf(quote, end + 1)
  return end === -1 ? json.length : end
}

function isEscaped(json: Uint8Array, quoteAt: number): boolean {
  let backslashes = 0
  while (json[quoteAt - 1 - backslashes] === backslash) backslashes++
  return backslashes % 2 === 1
}
