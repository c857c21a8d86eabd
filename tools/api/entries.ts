/** One way into a package, as its package.json names it: `.` or `./node`, and the source file behind it. */
export interface Entry {
  readonly name: string
  readonly source: string
}

/** The entries of a package that have a source, by their order in `exports`. */
export function entriesOf(manifest: string): Entry[] {
  const { exports: named } = asRecord(JSON.parse(manifest))
  return Object.entries(asRecord(named)).flatMap(([name, target]) => {
    const source = asRecord(target)['breakwater-source']
    return typeof source === 'string' ? [{ name, source: source.replace(/^\.\//, '') }] : []
  })
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
