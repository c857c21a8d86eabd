import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

const entry = 'virtual:entry'

/** Bundles and minifies what imports these names of the library, and gives its size after gzip in bytes. */
export async function bundleSize(names: readonly string[]): Promise<number> {
  const source = `export { ${names.join(', ')} } from 'breakwater'\n`
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    resolve: { conditionNames: ['source', 'import', 'default'] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? `${process.cwd()}/entry.js` : null),
        load: (id) => (id.endsWith('/entry.js') ? source : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return gzipSync(output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('')).byteLength
}
