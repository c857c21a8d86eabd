const required: Readonly<Record<string, readonly string[]>> = { hub: ['page/index.html'] }
const unwanted = /\.test\.|(^|\/)(test|fixtures)\/|\.tsbuildinfo$/

/** What is wrong with the files that would be published: what must be among them and is not, and what only we need. */
export function judgePackedFiles(name: string, files: readonly string[]): string[] {
  const missing = (required[name] ?? [])
    .filter((path) => !files.includes(path))
    .map((path) => `'${path}' is missing from the package`)
  const superfluous = files
    .filter((path) => unwanted.test(path))
    .map((path) => `'${path}' is packed, and only tests need it`)
  return [...missing, ...superfluous]
}

/** The paths in the answer of `npm pack --dry-run --json`. Throws when it is no such answer. */
export function readPackedFiles(answer: string): string[] {
  const files = [...answer.matchAll(/"path":\s*"([^"]+)"/g)].map((match) => match[1] ?? '')
  if (files.length === 0) throw new Error(`Cannot read what npm packs from '${answer.slice(0, 200)}'`)
  return files
}
