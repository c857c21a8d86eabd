import type { ExemplarView } from 'breakwater/protocol'

/** A fact that examples of a group have in common. */
export interface CommonFact {
  readonly name: string
  readonly value: string
  readonly count: number
}

const maxFacts = 12

/** What at least two examples, and more than half of them, have in common, the most common first. */
export function commonContext(exemplars: readonly ExemplarView[]): CommonFact[] {
  const counts = new Map<string, CommonFact>()
  for (const [name, value] of exemplars.flatMap(factsOf)) {
    const key = JSON.stringify([name, value])
    counts.set(key, { name, value, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()]
    .filter(({ count }) => count >= 2 && count > exemplars.length / 2)
    .sort((a, b) => b.count - a.count)
    .slice(0, maxFacts)
}

function factsOf({ service, version, operation, context }: ExemplarView): [string, string][] {
  const own: [string, string | null | undefined][] = [
    ['service', service],
    ['version', version],
    ['operation', operation],
  ]
  const known = own.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
  return [...known, ...Object.entries(context ?? {})]
}
