import { freeNamesOf } from '../source/free-names.ts'
import type { Offence } from '../source/offence.ts'
import { type CodeFile, isCode, isTestPath, isToolConfig, type SourceFile } from '../source/source-file.ts'

const pureLibrary = /^packages\/breakwater\/src\/(?!node\/|clock\/|random\/)/
const surroundings = new Set([
  'console',
  'process',
  'fetch',
  'document',
  'localStorage',
  'navigator',
  'XMLHttpRequest',
  'WebSocket',
])

/** Reaching for what surrounds the program: I/O in the pure library, the environment outside of configuration, ending the process outside `main.ts`. */
export function checkAmbient(files: readonly SourceFile[]): Offence[] {
  return files
    .filter(isCode)
    .flatMap((file) => [...libraryOffences(file), ...environmentOffences(file), ...exitOffences(file)])
}

function libraryOffences(file: CodeFile): Offence[] {
  if (!pureLibrary.test(file.path) || isTestPath(file.path)) return []
  return offences(file, 'pure-library', ({ object }) =>
    surroundings.has(object) ? `'${object}' is only for src/node/: the library runs anywhere` : undefined,
  )
}

function environmentOffences(file: CodeFile): Offence[] {
  if (isConfiguration(file.path) || isTestPath(file.path)) return []
  return offences(file, 'environment', ({ name }) =>
    name === 'process.env' ? "'process.env' is read in config.ts or a config/ folder only" : undefined,
  )
}

function exitOffences(file: CodeFile): Offence[] {
  if (/(^|\/)main\.ts$/.test(file.path) || isProcessOfTest(file.path)) return []
  return offences(file, 'exit', ({ name }) =>
    name === 'process.exit' ? "'process.exit' is called in main.ts only" : undefined,
  )
}

/** A program that a test starts to see how a process ends; it is in `test/` and no test itself. */
function isProcessOfTest(path: string): boolean {
  return /(^|\/)test\//.test(path) && !/\.test\.[a-z]+$/.test(path)
}

function isConfiguration(path: string): boolean {
  return /(^|\/)config\.ts$/.test(path) || path.split('/').includes('config') || isToolConfig(path)
}

type Judge = (used: { name: string; object: string }) => string | undefined

function offences(file: CodeFile, rule: string, judge: Judge): Offence[] {
  return freeNamesOf(file).flatMap(({ name, line }) => {
    const message = judge({ name, object: name.replace(/^new /, '').replace(/[.(].*$/, '') })
    return message === undefined ? [] : [{ path: file.path, line, rule, message }]
  })
}
