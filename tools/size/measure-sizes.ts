import { readFileSync } from 'node:fs'
import { builtinModules, findPackageJSON } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './bundle.ts'
import { sizeContestants } from './size-contestants.ts'
import type { MeasuredSize } from './size-table.ts'

/** The workspace that has the other libraries. */
const folder = join(import.meta.dirname, '../../benchmarks')
const external = builtinModules.flatMap((name) => [name, `node:${name}`])

/** Bundles every contestant as a page would; modules of Node stay out of it. */
export async function measureSizes(): Promise<MeasuredSize[]> {
  const sizes: MeasuredSize[] = []
  for (const contestant of sizeContestants) {
    const { code, gzipBytes } = await bundle({ source: contestant.source, external, folder })
    const version = versionOf(contestant.library)
    sizes.push({ ...contestant, version, gzipBytes, minifiedBytes: Buffer.byteLength(code) })
  }
  return sizes
}

function versionOf(library: string): string {
  const file = findPackageJSON(library, pathToFileURL(`${folder}/`))
  if (file === undefined) throw new Error(`Cannot measure '${library}' as it is not installed`)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }
  return version
}
