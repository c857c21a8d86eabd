import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { newestChange } from './newest-change.ts'

const sources = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  '../breakwater/src/protocol',
]

/** Whether the page has to be built: it never was, or something it is made of changed since. */
export function pageIsStale(dashboard: string): boolean {
  const built = join(dashboard, 'dist', 'index.html')
  if (!existsSync(built)) return true
  return sources.some((source) => newestChange(join(dashboard, source)) > newestChange(built))
}
