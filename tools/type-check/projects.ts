import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const nested = ['packages', 'examples']
const single = ['benchmarks', 'tools', '.']

/** Every folder with a tsconfig.json of its own, from the root; the last is the root itself. */
export function findProjects(root: string): string[] {
  const below = nested.filter((folder) => existsSync(join(root, folder)))
  const folders = below.flatMap((folder) =>
    readdirSync(join(root, folder))
      .sort()
      .map((name) => join(folder, name)),
  )
  return [...folders, ...single].filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))
}
