import { anonymous, type StackFrame } from './stack-frame.ts'
import { findFrame } from './stack-trace.ts'

/** Tells the application's own code from that of the platform and of packages. */
export type InAppTest = (frame: StackFrame) => boolean

/** Where a frame is, in the form that is the same on each machine: `charge (src/payments.ts)`. */
export interface Culprit {
  readonly functionName: string
  /** Relative to the root of the sources as far as that can be told. */
  readonly file: string
}

/** The folder that this library runs from; undefined when it was bundled into one file. */
const ownRoot: string | undefined = rootOf(import.meta.url)

/** Not the platform, not a package, not this library. */
export const isInAppFrame: InAppTest = (frame) => {
  const { file } = frame
  if (file === '' || frame.isNative || file.startsWith('node:') || file.startsWith('internal/')) return false
  if (file.includes('node_modules') || file.startsWith('wasm:') || file.startsWith('chrome-extension:'))
    return false
  return ownRoot === undefined || !stripScheme(file).startsWith(ownRoot) || file.includes('.test.')
}

/** The innermost frame in the application's own code; undefined when there is none. */
export function findCulprit(
  stack: string,
  message: string,
  isInApp: InAppTest = isInAppFrame,
): Culprit | undefined {
  const frame = findFrame(stack, message, isInApp)
  if (frame === undefined) return undefined
  return { functionName: frame.functionName.slice(0, 80), file: stablePath(frame.file) }
}

/** `charge (src/payments.ts)`; without a name only the file; empty when there is no culprit. */
export function formatCulprit(culprit: Culprit | undefined): string {
  if (culprit === undefined) return ''
  const { functionName, file } = culprit
  return functionName === anonymous ? file : `${functionName} (${file})`
}

/**
 * The part of a path that is the same wherever the application is installed: from the last `src`, `dist`,
 * `lib`, `build` or `app` folder on, else the last two segments; without query and content hash.
 */
export function stablePath(file: string): string {
  const path = stripScheme(file.includes('?') || file.includes('#') ? file.replace(/[?#].*/s, '') : file)
  const segments = path.split(/[\\/]+/)
  let from = Math.max(0, segments.length - 2)
  for (let i = segments.length - 2; i >= 0; i--) {
    if (!sourceFolders.has(segments[i] ?? '')) continue
    from = i
    break
  }
  const kept = segments.slice(from).filter((segment) => segment !== '' && segment !== '.')
  return withoutHash(kept.join('/')).slice(-100)
}

/** Bundlers put the hash of the content before the ending. */
function withoutHash(path: string): string {
  return path.endsWith('js') ? path.replace(/[.-][\da-f]{8,64}(?=\.[cm]?js$)/, '') : path
}

const sourceFolders: ReadonlySet<string> = new Set(['src', 'dist', 'lib', 'build', 'app'])

function stripScheme(file: string): string {
  const url = /^[a-z][\w+.-]{1,30}:\/\/[^/]*/.exec(file)
  return url === null ? file : file.slice(url[0].length)
}

function rootOf(moduleUrl: string): string | undefined {
  const folder = moduleUrl.lastIndexOf('/faults/')
  return folder < 0 ? undefined : stripScheme(moduleUrl.slice(0, folder + 1))
}
