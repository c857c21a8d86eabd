import type { LabSide } from 'breakwater/protocol'
import { formatMs, formatShare } from '../format/figures.ts'
import { formatTable } from '../format/table.ts'
import type { Io } from '../io.ts'
import type { DemoProgress } from './fleet-module.ts'

/** Shows how the demo stands: a table that is drawn over itself on a terminal, a line each second elsewhere. */
export function liveTable(io: Io): (progress: DemoProgress) => void {
  let linesDrawn = 0
  let hasToldUrl = false
  return (progress) => {
    if (!io.isTerminal) {
      if (!hasToldUrl) io.stderr(`The page is at ${progress.url}\n`)
      hasToldUrl = true
      return io.stderr(`${formatProgressLine(progress)}\n`)
    }
    const text = formatProgressTable(progress)
    const up = linesDrawn === 0 ? '' : `\u001B[${linesDrawn}A\u001B[J`
    linesDrawn = text.split('\n').length - 1
    io.stderr(up + text)
  }
}

/** One second of the demo as one line. */
export function formatProgressLine({ phase, lab }: DemoProgress): string {
  const sides = lab.sides.map((side) => {
    const { errors, degraded } = side
    return `${side.name} ${formatShare(side.requests - errors, side.requests)} ok, ${degraded} degraded, ${errors} errors`
  })
  return `${phase}: ${sides.join(' | ')}`
}

/** One second of the demo as a table. */
export function formatProgressTable({ phase, url, lab }: DemoProgress): string {
  const right = 'right' as const
  const table = formatTable(
    [
      ...[{ title: 'STOREFRONT' }, { title: 'REQUESTS', align: right }, { title: 'OK', align: right }],
      ...[
        { title: 'DEGRADED', align: right },
        { title: 'ERRORS', align: right },
      ],
      ...[
        { title: 'LAST SECOND', align: right },
        { title: 'P95', align: right },
      ],
    ],
    lab.sides.map(row),
  )
  const down = lab.targets.filter(({ isUp }) => !isUp).map(({ name }) => name)
  const faults = lab.faults.map(({ target, kind }) => `${target} ${kind}`)
  const news = [...new Set([...faults, ...down.map((name) => `${name} down`)])]
  return `${phase}\n${table}faults: ${news.length === 0 ? 'none' : news.join(', ')}\npage: ${url}\n`
}

function row(side: LabSide): string[] {
  const { name, requests, degraded, errors } = side
  const last = side.seconds.at(-1)
  const lastSecond = last === undefined ? '–' : formatShare(last.requests - last.errors, last.requests)
  return [
    ...[name, String(requests), formatShare(requests - errors, requests), String(degraded), String(errors)],
    ...[lastSecond, formatMs(last?.p95 ?? null)],
  ]
}
