import type { LiveTick, MarkView, OutcomeSeries, RangeView } from 'breakwater/protocol'
import { type ReactNode, useMemo } from 'react'
import { TimeChart } from '../chart/time-chart.tsx'
import { formatMs, formatRate } from '../format/format-number.ts'
import { appendTicks, completeSteps, type PickFigures } from '../live/append-ticks.ts'
import { useLive } from '../live/use-live.ts'
import type { Span } from '../range/range.ts'
import { useRange, useZoom } from '../range/use-range.ts'
import { latencyLines, outcomeLines } from './outcome-lines.ts'

/** What a pair of live charts shows. */
export interface LiveChartsProps {
  readonly series: OutcomeSeries
  readonly range: RangeView
  readonly marks: readonly MarkView[]
  /** What a tick adds; undefined when ticks do not tell about what is shown. */
  readonly pick: PickFigures | undefined
  readonly syncKey: string
  readonly heightPx?: number
  readonly hasLatency?: boolean
}

/** Outcomes and latency over time, continued each second by the live stream. */
export function LiveCharts(props: LiveChartsProps): ReactNode {
  const { syncKey, heightPx = 160, hasLatency = true } = props
  const { series, span, marks } = useContinued(props)
  const zoom = useZoom()
  const shared = { at: series.at, span, marks, syncKey, heightPx, onZoom: zoom }
  return (
    <>
      <TimeChart
        {...shared}
        title="Outcomes"
        unit="per second"
        style="stack"
        lines={outcomeLines(series, props.range.stepMs)}
        formatValue={formatRate}
      />
      {hasLatency ? (
        <TimeChart
          {...shared}
          title="Latency"
          unit="ms"
          style="band"
          canLog
          lines={latencyLines(series)}
          formatValue={formatMs}
        />
      ) : null}
    </>
  )
}

interface Continued {
  readonly series: OutcomeSeries
  readonly span: Span
  readonly marks: readonly MarkView[]
}

function useContinued({ series, range, marks, pick }: LiveChartsProps): Continued {
  const { ticks } = useLive()
  const isLive = useRange().kind === 'live'
  return useMemo(() => {
    if (!isLive) return { series, span: range, marks }
    const now = Math.max(range.to, ticks.at(-1)?.at ?? 0)
    const span = { from: now - (range.to - range.from), to: now }
    const continued = pick ? appendTicks({ series, range }, ticks, pick) : series
    return {
      series: completeSteps(continued, { now, stepMs: range.stepMs }),
      span,
      marks: [...marks, ...laterMarks(ticks, range.to)],
    }
  }, [series, range, marks, pick, ticks, isLive])
}

function laterMarks(ticks: readonly LiveTick[], after: number): MarkView[] {
  return ticks
    .filter((tick) => tick.at > after)
    .flatMap((tick) => tick.marks.filter((mark) => mark.at > after))
}
