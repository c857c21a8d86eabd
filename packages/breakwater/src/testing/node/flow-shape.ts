import type { CutKind, FlowEffect } from './faults/flow-effect.ts'

/** An effect on a flow, and how many bytes had passed when it came. */
export interface AppliedEffect {
  readonly effect: FlowEffect
  readonly sentBefore: number
}

/** All effects on one flow taken together: times add up, of limits the strictest holds. */
export interface FlowShape {
  readonly isHeld: boolean
  readonly latencyMs: number
  readonly jitterMs: number
  readonly closeDelayMs: number
  readonly bytesPerSecond: number
  readonly pieceBytes: number
  readonly gapMs: number
  /** Pieces that no time keeps apart. */
  readonly needsTurns: boolean
  /** How many bytes have passed when it is over; Infinity when it may go on. */
  readonly cutAt: number
  readonly cutKind: CutKind
}

/** Takes the effects together; of two cuts at one place the first that was applied wins. */
export function shapeOf(applied: readonly AppliedEffect[]): FlowShape {
  const effects = applied.map(({ effect }) => effect)
  const sum = (field: 'latencyMs' | 'jitterMs' | 'closeDelayMs'): number =>
    effects.reduce((total, effect) => total + (effect[field] ?? 0), 0)
  const least = (field: 'bytesPerSecond' | 'pieceBytes'): number =>
    Math.min(Infinity, ...effects.map((effect) => effect[field] ?? Infinity))
  const [bytesPerSecond, pieceBytes] = [least('bytesPerSecond'), least('pieceBytes')]
  const gapMs = Math.max(0, ...effects.map((effect) => effect.gapMs ?? 0))
  const [first] = cutsOf(applied).toSorted((a, b) => a.at - b.at)
  return {
    isHeld: effects.some(({ isHeld }) => isHeld === true),
    latencyMs: sum('latencyMs'),
    jitterMs: sum('jitterMs'),
    closeDelayMs: sum('closeDelayMs'),
    ...{ bytesPerSecond, pieceBytes, gapMs },
    needsTurns: pieceBytes < Infinity && bytesPerSecond === Infinity && gapMs === 0,
    cutAt: first?.at ?? Infinity,
    cutKind: first?.kind ?? 'reset',
  }
}

function cutsOf(applied: readonly AppliedEffect[]): readonly { at: number; kind: CutKind }[] {
  return applied.flatMap(({ effect: { cut }, sentBefore }) =>
    cut === undefined ? [] : [{ at: sentBefore + cut.afterBytes, kind: cut.kind }],
  )
}
