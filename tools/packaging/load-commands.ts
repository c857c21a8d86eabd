/** What has to run for a packed package to be usable: an import of each entry, and each command's help. */
export interface LoadCommand {
  readonly title: string
  readonly arguments: readonly string[]
}

/** The commands that try a built package, as arguments to a Node without our export condition, so that it finds `dist` and never `src`. */
export function loadCommandsOf(folder: string, manifest: string): LoadCommand[] {
  const { name, exports: entries, bin } = asRecord(JSON.parse(manifest))
  const imports = Object.entries(asRecord(entries)).flatMap(([entry, target]) => {
    if (typeof target === 'string') return []
    const specifier = `${String(name)}${entry.slice(1)}`
    return [
      {
        title: `import '${specifier}'`,
        arguments: ['--input-type=module', '--eval', `await import('${specifier}')`],
      },
    ]
  })
  const helps = Object.entries(asRecord(bin)).map(([command, path]) => ({
    title: `${command} --help`,
    arguments: [`${folder}/${String(path).replace(/^\.\//, '')}`, '--help'],
  }))
  return [...imports, ...helps]
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
