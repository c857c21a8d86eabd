import type { LiveTick, MarkView, OutcomeSeries, RangeView } from 'breakwater/protocol'
import { type ReactNode, useMemo } from 'react'
import { TimeChart } from '../chart/time-chart.tsx'
import { formatMs, formatRate } from '../format/format-number.ts'
import { appendTicks, untilNow, type PickFigures } from '../live/append-ticks.ts'
import { useLive } from '../live/use-live.ts'
import { usePage } from '../page-context.tsx'
import { type Span, spanOf } from '../range/range.ts'
import { useRange, useZoom } from '../range/use-range.ts'
import { latencyLines, outcomeLines } from './outcome-lines.ts'

/** What a pair of live charts shows. */
export interface LiveChartsProps {
  readonly series: OutcomeSeries
  readonly range: RangeView
  readonly marks: readonly MarkView[]
  /** When the answer with the series came in, by this machine's own clock; later ticks continue it. */
  readonly answeredAt: number
  /** What a tick adds; undefined when ticks do not tell about what is shown. */
  readonly pick: PickFigures | undefined
  readonly syncKey: string
  readonly heightPx?: number
  readonly hasLatency?: boolean
}

/** Outcomes and latency over time, continued each second by the live stream. */
export function LiveCharts(props: LiveChartsProps): ReactNode {
  const { syncKey, heightPx = 160, hasLatency = true } = props
  const { series, lastStepMs, span, marks } = useContinued(props)
  const zoom = useZoom()
  const shared = { at: series.at, span, marks, syncKey, heightPx, onZoom: zoom }
  return (
    <>
      <TimeChart
        {...shared}
        title="Outcomes"
        unit="per second"
        style="stack"
        lines={outcomeLines(series, { stepMs: props.range.stepMs, lastStepMs })}
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
  readonly lastStepMs: number
  readonly span: Span
  readonly marks: readonly MarkView[]
}

function useContinued({ series, range, marks, answeredAt, pick }: LiveChartsProps): Continued {
  const { ticks } = useLive()
  const { clock } = usePage()
  const asked = useRange()
  return useMemo(() => {
    if (asked.kind === 'fixed') return { series, lastStepMs: range.stepMs, span: spanOf(asked, 0), marks }
    // The hub's range ends with a whole step, which may lie ahead.
    const asOf = Math.min(range.to, clock.fromLocal(answeredAt))
    const now = Math.max(asOf, ticks.at(-1)?.at ?? 0)
    // A tick tells of the second before it. On average half of the first one is in the answer already.
    const continued = pick
      ? appendTicks({ series, range: { ...range, to: asOf + 500 } }, ticks, pick)
      : series
    const present = untilNow(continued, { now, stepMs: range.stepMs })
    return { ...present, span: spanOf(asked, now), marks: [...marks, ...laterMarks(ticks, asOf)] }
  }, [series, range, marks, answeredAt, pick, ticks, asked, clock])
}

function laterMarks(ticks: readonly LiveTick[], after: number): MarkView[] {
  return ticks
    .filter((tick) => tick.at > after)
    .flatMap((tick) => tick.marks.filter((mark) => mark.at > after))
}
