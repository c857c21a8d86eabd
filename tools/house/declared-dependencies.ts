import { importsOf } from '../source/imports-of.ts'
import type { Offence } from '../source/offence.ts'
import { isCode, isTestPath, type SourceFile } from '../source/source-file.ts'

/** Bare imports in a package's `src/` that its package.json does not list under `dependencies` or `peerDependencies`. */
export function checkDeclaredDependencies(files: readonly SourceFile[]): Offence[] {
  const manifests = files.filter(({ path }) => /^packages\/[^/]+\/package\.json$/.test(path))
  return manifests.flatMap((manifest) => {
    const folder = manifest.path.replace(/package\.json$/, 'src/')
    const declared = declaredIn(manifest.text)
    const sources = files.filter(isCode).filter(({ path }) => path.startsWith(folder) && !isTestPath(path))
    return sources.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => !/^(\.|node:)/.test(specifier) && !declared.has(packageOf(specifier)))
        .map(({ specifier, line }) => ({
          ...{ path: file.path, line, rule: 'undeclared' },
          message: `'${packageOf(specifier)}' is not among the dependencies of ${manifest.path}`,
        })),
    )
  })
}

function declaredIn(manifest: string): ReadonlySet<string> {
  const parsed: unknown = JSON.parse(manifest)
  const names = ['dependencies', 'peerDependencies'].flatMap((key) => Object.keys(propertyOf(parsed, key)))
  const own = propertyOf({ own: parsed }, 'own')
  return new Set([...names, ...('name' in own && typeof own.name === 'string' ? [own.name] : [])])
}

function propertyOf(value: unknown, key: string): object {
  if (typeof value !== 'object' || value === null) return {}
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1]
  return typeof found === 'object' && found !== null ? found : {}
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
