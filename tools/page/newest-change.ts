import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** When the newest file at or below the path was changed, in epoch milliseconds; 0 if there is none. Dependencies and dot files are left out. */
export function newestChange(path: string): number {
  if (!existsSync(path)) return 0
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  const inside = readdirSync(path).filter((name) => name !== 'node_modules' && !name.startsWith('.'))
  return inside.reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), 0)
}
