import { importsOf, resolveRelative } from '../source/imports-of.ts'
import type { Offence } from '../source/offence.ts'
import { isCode, isTestPath, type SourceFile } from '../source/source-file.ts'
import { type LayerRule, layerRules } from './layer-rules.ts'

/** Imports against the direction of dependency, outside of tests. */
export function checkLayers(files: readonly SourceFile[]): Offence[] {
  return files.filter(isCode).flatMap((file) => {
    if (isTestPath(file.path)) return []
    const rules = layerRules.filter(({ from }) => from.test(file.path))
    return importsOf(file).flatMap(({ specifier, line }) => {
      const target = resolveRelative(file.path, specifier) ?? specifier
      const broken = rules.find((rule) => isBroken(rule, file.path, target))
      return broken === undefined
        ? []
        : [{ path: file.path, line, rule: 'layers', message: `imports '${specifier}': ${broken.because}` }]
    })
  })
}

function isBroken({ from, forbids, except }: LayerRule, path: string, target: string): boolean {
  if (!forbids.test(target)) return false
  if (except === undefined) return true
  const group = from.exec(path)?.[1] ?? ''
  return !new RegExp(except.replace('$1', group)).test(target)
}
