import type { OverviewView } from 'breakwater/protocol'
import { formatMs, formatRate, formatShare, formatShort } from '../../../shared/format/format-number.ts'
import { errorsOf, sparedOf, sparedWords } from '../../../shared/outcome/outcome-totals.ts'

/** One of the few figures that decide something. */
export interface Figure {
  readonly label: string
  readonly value: string
  readonly unit: string
  /** What is to be known beside it. */
  readonly note: string
}

/** The figures at the top of the first view. */
export function buildFigures({ totals, latency, series, range }: OverviewView): Figure[] {
  // Over the time that reports cover: a fleet that started a minute ago is not idle.
  const covered = series.calls.filter((calls) => calls !== null).length
  const seconds = Math.max(1, (covered * range.stepMs) / 1000)
  const spared = sparedOf(totals)
  const wouldFail = spared + errorsOf(totals)
  return [
    {
      label: 'Calls',
      value: formatShort(totals.calls),
      unit: '',
      note: `${formatRate(totals.calls / seconds)} per second`,
    },
    {
      label: 'Without an answer',
      value: formatShort(errorsOf(totals)),
      unit: totals.calls === 0 ? '' : formatShare(errorsOf(totals), totals.calls),
      note: `${formatShort(totals.failures)} failed, ${formatShort(totals.rejections)} rejected`,
    },
    {
      label: 'Users were spared',
      value: formatShort(spared),
      unit: wouldFail === 0 ? '' : `${formatShare(spared, wouldFail)} of what failed`,
      note: spared === 0 ? 'no failure was made good' : sparedWords(totals),
    },
    {
      label: 'Latency p95',
      value: formatMs(latency.p95),
      unit: latency.p95 === null ? '' : 'ms',
      note: `p50 ${formatMs(latency.p50)}, p99 ${formatMs(latency.p99)}`,
    },
  ]
}
