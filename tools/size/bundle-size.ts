import { bundle } from './bundle.ts'

/** Bundles and minifies what imports these names of the library, and gives its size after gzip in bytes. */
export async function bundleSize(names: readonly string[]): Promise<number> {
  return (await bundle({ source: importing(names) })).gzipBytes
}

/** A program that uses these names of a library and nothing else. */
export function importing(names: readonly string[], library = 'breakwater'): string {
  return `export { ${names.join(', ')} } from '${library}'\n`
}
