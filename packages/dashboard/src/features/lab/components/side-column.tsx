import type { LabSide } from 'breakwater/protocol'
import type { ReactNode } from 'react'
import { TimeChart } from '../../../shared/chart/time-chart.tsx'
import { formatCount, formatMs, formatRate, formatShare } from '../../../shared/format/format-number.ts'
import { Section } from '../../../shared/layout/section.tsx'
import { answerLines, recentFigures, type SharedAxes, waitLines } from '../model/compare-sides.ts'

/** What one storefront's column needs. */
export interface SideColumnProps {
  readonly side: LabSide
  readonly axes: SharedAxes
}

const titles = { protected: 'Protected storefront', unprotected: 'Unprotected storefront' }

/** What the users of one storefront get. */
export function SideColumn({ side, axes }: SideColumnProps): ReactNode {
  return (
    <Section title={titles[side.name]} className="side" aside={<span className="dim">last 5 minutes</span>}>
      <SideFigures side={side} />
      <SideCharts side={side} axes={axes} />
    </Section>
  )
}

function SideFigures({ side }: { readonly side: LabSide }): ReactNode {
  const recent = recentFigures(side.seconds)
  return (
    <dl className="figures">
      <div>
        <dt>Requests answered</dt>
        <dd>
          <span className="figure-value">{formatShare(recent.full + recent.degraded, recent.requests)}</span>
          <span className="figure-note">{formatShare(recent.degraded, recent.requests)} degraded</span>
        </dd>
      </div>
      <div>
        <dt>Errors users saw</dt>
        <dd>
          <ErrorCount count={recent.errors} />
          <span className="figure-note">{formatCount(side.errors)} since the start</span>
        </dd>
      </div>
      <div>
        <dt>Typical p95</dt>
        <dd>
          <span className="figure-value">{formatMs(recent.p95)}</span> <span className="figure-unit">ms</span>
          <span className="figure-note">{formatCount(side.requests)} requests in all</span>
        </dd>
      </div>
    </dl>
  )
}

function ErrorCount({ count }: { readonly count: number }): ReactNode {
  if (count === 0) return <span className="figure-value">0</span>
  return (
    <span className="figure-value state-failing">
      <span aria-hidden="true">■</span> {formatCount(count)}
    </span>
  )
}

function SideCharts({ side, axes }: SideColumnProps): ReactNode {
  const { seconds } = side
  const shared = {
    at: seconds.map((second) => second.at),
    span: axes,
    syncKey: 'lab',
    heightPx: 132,
    onZoom: stay,
  }
  return (
    <>
      <TimeChart
        {...shared}
        title="Answers"
        unit="per second"
        style="stack"
        lines={answerLines(seconds)}
        yMax={axes.maxRate}
        formatValue={formatRate}
      />
      <TimeChart
        {...shared}
        title="Wait"
        unit="ms"
        style="band"
        canLog
        lines={waitLines(seconds)}
        yMax={axes.maxMs}
        formatValue={formatMs}
      />
    </>
  )
}

// The lab always shows its last five minutes.
function stay(): void {
  return undefined
}
