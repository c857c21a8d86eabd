import type { Offence } from '../source/offence.ts'
import { isCode, isTestPath, type SourceFile } from '../source/source-file.ts'

interface BannedWord {
  readonly pattern: RegExp
  readonly message: string
  readonly appliesTo: (file: SourceFile) => boolean
}

const inCode = (file: SourceFile): boolean => isCode(file)
const everywhere = (file: SourceFile): boolean => !file.path.endsWith('package-lock.json')
const outsideTests = (file: SourceFile): boolean => isCode(file) && !isTestPath(file.path)

/* Parts are joined so that this file and its test do not break the rule themselves. */
const join = (...parts: readonly string[]): string => parts.join('')

const bannedWords: readonly BannedWord[] = [
  {
    pattern: /(?<![\w.:/})*-])\/(?:home|root|work|Users|mnt)\/\w/,
    message: 'names a path of one machine',
    appliesTo: everywhere,
  },
  {
    pattern: new RegExp(join('\\b(TO', 'DO|FIX', 'ME|XX', 'X|HA', 'CK)\\b')),
    message: 'leaves work undone',
    appliesTo: everywhere,
  },
  {
    pattern: /\b(?:it|test|describe)\.(?:only|skip|todo)\b/,
    message: 'leaves a test out',
    appliesTo: inCode,
  },
  {
    pattern: new RegExp(join('eslint-', 'disable|prettier-', 'ignore|@ts-', 'ignore|@ts-', 'nocheck')),
    message: 'switches a rule off',
    appliesTo: everywhere,
  },
  {
    pattern: new RegExp(join('@ts-', 'expect-error')),
    message: 'hides a type error outside of a test',
    appliesTo: outsideTests,
  },
]

/** Words that must not be in the repository: paths of one machine, work left undone, tests left out, rules switched off in place. */
export function checkBannedWords(files: readonly SourceFile[]): Offence[] {
  return files.flatMap((file) => {
    const words = bannedWords.filter(({ appliesTo }) => appliesTo(file))
    return file.text
      .split('\n')
      .flatMap((text, index) => lineOffences({ path: file.path, line: index + 1, text }, words))
  })
}

function lineOffences(
  at: { path: string; line: number; text: string },
  words: readonly BannedWord[],
): Offence[] {
  return words.flatMap(({ pattern, message }) => {
    const found = pattern.exec(at.text)?.[0]
    return found === undefined
      ? []
      : [{ path: at.path, line: at.line, rule: 'banned-word', message: `'${found}' ${message}` }]
  })
}
