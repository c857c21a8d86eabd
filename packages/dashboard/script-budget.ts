import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Prints the gzip size of all scripts of a build and fails the build when it is over the budget. */
export function scriptBudget({ maxGzipBytes }: { readonly maxGzipBytes: number }): Plugin {
  return {
    name: 'script-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const total = Object.values(bundle)
        .filter((output) => output.type === 'chunk')
        .reduce((bytes, chunk) => bytes + gzipSync(chunk.code).length, 0)
      const words = `script ${kilobytes(total)} gzip of ${kilobytes(maxGzipBytes)}`
      if (total > maxGzipBytes) this.error(`Over budget: ${words}`)
      this.info(words)
    },
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
