import { expect, test } from 'vitest'
import { type CodeFile, isCode, sourceFile } from '../source/source-file.ts'
import { reportApi } from './report.ts'

function codeFile(path: string, text: string): CodeFile {
  const file = sourceFile(path, text)
  if (!isCode(file)) throw new Error(`'${path}' is no code`)
  return file
}

function report(files: Readonly<Record<string, string>>): string {
  const entry = codeFile('src/index.ts', files['src/index.ts'] ?? '')
  return reportApi([{ name: '.', file: entry }], (path) => {
    const text = files[path]
    return text === undefined ? undefined : codeFile(path, text)
  })
}

test('reportApi() lists names in order with their types and without bodies and comments', () => {
  const text = report({
    'src/index.ts':
      "export { retry, type RetryOptions } from './retry.ts'\nexport { limit } from './limit.ts'",
    'src/retry.ts':
      '/** Options. */\nexport interface RetryOptions { readonly max: number }\nexport function retry(options: RetryOptions): string { return "x" }',
    'src/limit.ts': 'export const limit: number = 3',
  })

  expect(text).toBe(
    '# .\n\ninterface RetryOptions {\n    readonly max: number;\n}\nconst limit: number;\nfunction retry(options: RetryOptions): string;\n',
  )
})

test('reportApi() follows a name through files that only pass it on, and says what it is called', () => {
  const text = report({
    'src/index.ts': "export { second as third } from './b.ts'",
    'src/b.ts': "export { first as second } from './a.ts'",
    'src/a.ts': 'export function first(): void {}',
  })

  expect(text).toBe('# .\n\nfunction first(): void; // as third\n')
})

test('reportApi() shows each overload', () => {
  const text = report({
    'src/index.ts': "export { f } from './f.ts'",
    'src/f.ts':
      'export function f(a: string): string\nexport function f(a: number): number\nexport function f(a: unknown): unknown { return a }',
  })

  expect(text).toBe('# .\n\nfunction f(a: string): string;\nfunction f(a: number): number;\n')
})
