/** One call of a stack. */
export interface StackFrame {
  /** As the engine names it, without `async` and `new`; `<anonymous>` when it has no name. */
  readonly functionName: string
  /** Path or URL as the engine wrote it; empty when it has none. */
  readonly file: string
  /** From 1; 0 when unknown. */
  readonly line: number
  readonly column: number
  /** Code of the engine itself: `native`, `[native code]`. */
  readonly isNative: boolean
}

/** What a function without a name is called. */
export const anonymous = '<anonymous>'

/** Longer lines are not looked at: a frame is a few hundred characters. */
const longestLine = 2_000

/**
 * Reads one line of a stack as V8 (Node, Chrome, Edge, Bun), SpiderMonkey (Firefox) or JavaScriptCore (Safari)
 * write it. Undefined when the line is no frame.
 */
export function parseStackLine(line: string): StackFrame | undefined {
  if (line.length > longestLine) return undefined
  const text = line.trim()
  if (text.startsWith('at ')) return parseV8(text.slice(3).trimStart())
  const at = text.lastIndexOf('@')
  if (at >= 0) return parseGecko(text, at)
  return text === '[native code]' ? frame('', '[native code]') : undefined
}

/** `async Foo.bar [as baz] (file:1:2)`, `file:1:2`, `Array.map (<anonymous>)`, `eval (eval at f (file:1:2), <anonymous>:1:1)`. */
function parseV8(text: string): StackFrame | undefined {
  const open = text.endsWith(')') ? callSiteStart(text) : -1
  if (open < 0) return parseBare(text)
  const name = text.slice(0, open).trim()
  return frame(cleanName(name), evalOrigin(text.slice(open + 1, -1)).replace(/^async /, ''))
}

/** A location alone; a line such as `at the end` has none and is no frame. */
function parseBare(text: string): StackFrame | undefined {
  const location = text.startsWith('async ') ? text.slice(6) : text
  const isLocation =
    location === 'native' || location === anonymous || /:\d+$/.test(location) || /^\w+:\/\//.test(location)
  return isLocation ? frame('', location) : undefined
}

/** The bracket that opens the location: the partner of the last one, because eval locations and paths nest them. */
function callSiteStart(text: string): number {
  let depth = 0
  for (let i = text.length - 1; i >= 0; i--) {
    const character = text[i]
    if (character === ')') depth += 1
    else if (character === '(') depth -= 1
    if (depth === 0) return i === 0 || text[i - 1] === ' ' ? i : -1
  }
  return -1
}

/** Code made by `eval` is where the eval was called: the innermost `(file:line:column)`. */
function evalOrigin(location: string): string {
  if (!location.startsWith('eval at ')) return location
  const open = location.lastIndexOf('(')
  const close = location.indexOf(')', open)
  return open < 0 || close < 0 ? anonymous : location.slice(open + 1, close)
}

function cleanName(name: string): string {
  let clean = name.replace(/^(?:async |new )+/, '')
  const alias = clean.indexOf(' [as ')
  if (alias > 0) clean = clean.slice(0, alias)
  return clean
}

/** `charge@http://host/file.js:1:2`, `@file:1:2`, `async*charge@file:1:2`, `f@file line 3 > eval:1:1`. */
function parseGecko(text: string, lastAt: number): StackFrame | undefined {
  const url = /@(?=\w[\w+.-]{1,30}:|\/|\[native code\])/.exec(text)
  const at = url?.index ?? lastAt
  const location = text.slice(at + 1).replace(/ line (\d+)(?: > (?:eval|Function))+.*$/, ':$1')
  if (location !== '[native code]' && !/:\d+$/.test(location)) return undefined
  const name = text.slice(0, at).replace(/^(?:async\*|setTimeout handler\*|promise callback\*)+/, '')
  return frame(name.replace(/\([^)]*\)$|[/<]+$/, ''), location)
}

function frame(name: string, location: string): StackFrame {
  const [withLine, last] = splitNumber(location)
  const [file, before] = last === undefined ? [location, undefined] : splitNumber(withLine)
  const isNative = file === 'native' || file === '[native code]'
  return {
    functionName: name === '' || name === 'Object.<anonymous>' ? anonymous : name,
    file: file === anonymous || isNative ? '' : file,
    line: before ?? last ?? 0,
    column: before === undefined ? 0 : (last ?? 0),
    isNative,
  }
}

/** Takes `:12` off the end. */
function splitNumber(text: string): readonly [rest: string, number: number | undefined] {
  const colon = text.lastIndexOf(':')
  const digits = colon < 0 ? '' : text.slice(colon + 1)
  return /^\d{1,9}$/.test(digits) ? [text.slice(0, colon), Number(digits)] : [text, undefined]
}
