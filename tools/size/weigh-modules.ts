import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { minifySync } from 'vite'
import type { BundledModule } from './bundle.ts'

/** What one module adds to a bundle. */
export interface ModuleWeight {
  readonly path: string
  readonly minifiedBytes: number
  /** By how much the bundle shrinks after gzip without it; less than its size alone, as modules repeat each other's words. */
  readonly gzipBytes: number
}

/** The modules of a bundle that have any weight, heaviest first. */
export function weighModules(modules: readonly BundledModule[]): ModuleWeight[] {
  const minified = modules.map(({ path, code }) => ({
    path,
    code: minifySync(path, code, { module: false }).code,
  }))
  const whole = gzipped(minified.map(({ code }) => code))
  return minified
    .map(({ path, code }) => {
      const others = minified.filter((other) => other.path !== path)
      return {
        path: relative(process.cwd(), path),
        minifiedBytes: code.length,
        gzipBytes: whole - gzipped(others.map((other) => other.code)),
      }
    })
    .filter(({ minifiedBytes }) => minifiedBytes > 0)
    .sort((a, b) => b.gzipBytes - a.gzipBytes)
}

function gzipped(codes: readonly string[]): number {
  return gzipSync(codes.join('\n')).byteLength
}
