import type { Random } from '../../src/random/random.ts'

/** What can be wrong with a dependency: `growing` is a share of failures that rises from none to all. */
export type FaultKind = 'partition' | 'refused' | 'slow' | 'exhausted' | 'errors' | 'growing'

export const faultKinds: readonly FaultKind[] = [
  ...(['partition', 'refused', 'slow', 'exhausted', 'errors', 'growing'] as const),
]

/** One dependency is ill for a time. */
export interface Fault {
  readonly dependency: string
  readonly kind: FaultKind
  readonly from: number
  readonly until: number
}

/** One fault each half minute, of 5 to 20 s, each kind in turn, of whatever dependency. */
export function scheduleOf(
  dependencies: readonly string[],
  random: Random,
  lengthMs: number,
): readonly Fault[] {
  const count = Math.floor(lengthMs / 30_000)
  return Array.from({ length: count }, (_, i) => {
    const from = i * 30_000 + 5_000
    const dependency = dependencies[Math.floor(random.next() * dependencies.length)] ?? ''
    const kind = faultKinds[i % faultKinds.length] ?? 'errors'
    return { dependency, kind, from, until: from + 5_000 + random.next() * 15_000 }
  })
}
