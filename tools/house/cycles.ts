import { importsOf, resolveRelative } from '../source/imports-of.ts'
import type { Offence } from '../source/offence.ts'
import { isCode, type SourceFile } from '../source/source-file.ts'

interface Edge {
  readonly to: string
  readonly line: number
  readonly isTypeOnly: boolean
}

type Graph = ReadonlyMap<string, readonly Edge[]>

/** Imports that lead back to the file they start from, whether a value or only a type is imported. Each cycle is named once. */
export function checkCycles(files: readonly SourceFile[]): Offence[] {
  const graph = graphOf(files)
  const reported = new Set<string>()
  return [...graph.keys()].flatMap((start) => {
    if (reported.has(start)) return []
    const cycle = shortestCycle(graph, start)
    if (cycle === undefined) return []
    for (const { to } of cycle) reported.add(to)
    return [describeCycle(start, cycle)]
  })
}

function graphOf(files: readonly SourceFile[]): Graph {
  const graph = new Map<string, Edge[]>()
  for (const file of files.filter(isCode)) {
    const edges = importsOf(file).flatMap(({ specifier, line, isTypeOnly }) => {
      const to = resolveRelative(file.path, specifier)
      return to === undefined ? [] : [{ to, line, isTypeOnly }]
    })
    graph.set(file.path, edges)
  }
  return graph
}

/** Breadth first from the start; the first way back is the shortest. */
function shortestCycle(graph: Graph, start: string): Edge[] | undefined {
  const ways: Edge[][] = (graph.get(start) ?? []).map((edge) => [edge])
  const seen = new Set<string>()
  for (const way of ways) {
    const last = way.at(-1)
    if (last === undefined || seen.has(last.to)) continue
    if (last.to === start) return way
    seen.add(last.to)
    ways.push(...(graph.get(last.to) ?? []).map((edge) => [...way, edge]))
  }
  return undefined
}

function describeCycle(start: string, cycle: readonly Edge[]): Offence {
  const kind = cycle.some(({ isTypeOnly }) => isTypeOnly) ? 'by type' : 'by value'
  const message = `import cycle ${kind}: ${[start, ...cycle.map(({ to }) => to)].join(' -> ')}`
  return { path: start, line: cycle[0]?.line ?? 1, rule: 'import-cycle', message }
}
