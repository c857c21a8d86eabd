import type { RangeView } from 'breakwater/protocol'
import type { RollupStepMs } from '../store/outcome-store.ts'

/** A range cut into steps, and the rollups that it is read from. */
export interface ResolvedRange extends RangeView {
  readonly rollupStepMs: RollupStepMs
  /** The same for what is not kept finer than a minute; its own ends are whole steps of it. */
  readonly coarse: { readonly stepMs: 60_000 | 3_600_000; readonly from: number; readonly to: number }
}

/** How long rollups of 5 seconds are kept. */
export const fineRetentionMs = 21_600_000

/** The most steps that a range is cut into. */
export const maxSteps = 360

/** The range of a request that names none: the last 15 minutes. */
export const defaultRangeMs = 900_000

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000
const fineRangeMs = 1_800_000

const stepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440].map((minutes) => minutes * minuteMs)

/**
 * Cuts a range into at most 360 equal steps: of 5 seconds up to half an hour, else of minutes, hours or days.
 * The ends are moved outwards to whole steps.
 */
export function resolveRange(
  asked: { readonly from: number; readonly to: number },
  now: number,
): ResolvedRange {
  const lengthMs = asked.to - asked.from
  const isFine = lengthMs <= fineRangeMs && asked.from >= now - fineRetentionMs
  const isLong = lengthMs > dayMs
  const stepMs = isFine ? 5_000 : stepFor(lengthMs, isLong)
  const coarseMs = isLong ? hourMs : minuteMs
  return {
    ...aligned(asked, stepMs),
    stepMs,
    rollupStepMs: isFine ? 5_000 : coarseMs,
    coarse: { ...aligned(asked, coarseMs), stepMs: coarseMs },
  }
}

/** The range as the page sees it. */
export function rangeView({ from, to, stepMs }: RangeView): RangeView {
  return { from, to, stepMs }
}

function stepFor(lengthMs: number, isLong: boolean): number {
  const smallest = Math.max(isLong ? hourMs : minuteMs, lengthMs / (maxSteps - 1))
  return stepsMs.find((stepMs) => stepMs >= smallest) ?? Math.ceil(smallest / dayMs) * dayMs
}

function aligned({ from, to }: { from: number; to: number }, stepMs: number): { from: number; to: number } {
  return { from: Math.floor(from / stepMs) * stepMs, to: Math.ceil(to / stepMs) * stepMs }
}
