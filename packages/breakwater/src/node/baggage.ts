/** Bounds of the recommendation: more is not passed on. */
const mostMembers = 64
const longestHeader = 8_192

const token = /^[!#$%&'*+.^_`|~\w-]{1,256}$/

/**
 * Reads a `baggage` header: names to values. Malformed members and properties are left out; at most 64 members
 * and 8,192 characters are read.
 *
 * @see https://www.w3.org/TR/baggage/
 */
export function parseBaggage(header: string): Readonly<Record<string, string>> | undefined {
  const found: Array<readonly [string, string]> = []
  for (const member of header.slice(0, longestHeader).split(',')) {
    if (found.length >= mostMembers) break
    const pair = parseMember(member)
    if (pair !== undefined) found.push(pair)
  }
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** Writes a `baggage` header within the limits; undefined when nothing can be written. */
export function formatBaggage(baggage: Readonly<Record<string, string>>): string | undefined {
  let header = ''
  for (const [name, value] of Object.entries(baggage).slice(0, mostMembers)) {
    if (!token.test(name)) continue
    const member = `${name}=${encodeValue(value)}`
    if (header.length + member.length + 1 > longestHeader) break
    header = header === '' ? member : `${header},${member}`
  }
  return header === '' ? undefined : header
}

function parseMember(member: string): readonly [string, string] | undefined {
  const pair = member.split(';', 1)[0] ?? ''
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(equals, 0)).trim()
  if (!token.test(name)) return undefined
  try {
    return [name, decodeURIComponent(pair.slice(equals + 1).trim())]
  } catch {
    return undefined
  }
}

/** A lone surrogate cannot be encoded. */
function encodeValue(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}
