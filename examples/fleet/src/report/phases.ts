import type { LabFaultOrder } from 'breakwater/protocol'

/** A part of the run. */
export interface Phase {
  readonly title: string
  readonly seconds: number
  /** The fault that is in force all the time; null for none. */
  readonly fault: Pick<LabFaultOrder, 'target' | 'kind' | 'ratio'> | null
}

const script: readonly (Omit<Phase, 'seconds'> & { readonly weight: number })[] = [
  { title: 'calm', weight: 2, fault: null },
  { title: 'payments answers 503', weight: 4, fault: { target: 'payments', kind: 'errors' } },
  { title: 'payments is back', weight: 2, fault: null },
  { title: 'inventory resets 3 of 10', weight: 2, fault: { target: 'inventory', kind: 'reset', ratio: 0.3 } },
  { title: 'recommendations hang', weight: 3, fault: { target: 'recommendations', kind: 'hang' } },
  { title: 'recommendations are back', weight: 2, fault: null },
  { title: 'payments is killed', weight: 3, fault: { target: 'payments', kind: 'kill' } },
  { title: 'all is back', weight: 2, fault: null },
]

/** The parts of a run of so many seconds. */
export function phasesOf(seconds: number): readonly Phase[] {
  const weights = script.reduce((sum, { weight }) => sum + weight, 0)
  return script.map(({ title, weight, fault }) => ({ title, fault, seconds: (seconds * weight) / weights }))
}
