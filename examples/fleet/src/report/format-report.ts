import type { DemoReport, OutageFigures, SideFigures } from './demo-report.ts'

/** The figures as a table for people. */
export function formatReport(report: DemoReport): string {
  const { seconds, ratePerSecond, seed, books } = report
  return [
    `${seconds} s, ${ratePerSecond} requests/s to each storefront, seed ${seed}`,
    '',
    ...table([['', 'with Breakwater', 'without'], ...sideRows(report.protected, report.unprotected)]),
    '',
    ...table([['users’ errors by phase', 'with', 'degraded', 'without'], ...phaseRows(report)]),
    '',
    ...table([
      ['outage', 'deciding failure → open', 'first failure → open', 'healthy → closed'],
      ...outageRows(report),
    ]),
    '',
    `Hub and services: ${books.calls} calls counted, ${books.compared} counters compared, ${books.mismatches.length} differ`,
    '',
    ...report.promises.map(
      ({ title, isKept, found }) => `${isKept ? 'kept  ' : 'BROKEN'}  ${title}: ${found}`,
    ),
    '',
  ].join('\n')
}

function sideRows(with_: SideFigures, without: SideFigures): string[][] {
  const row = (title: string, show: (side: SideFigures) => string): string[] => [
    title,
    show(with_),
    show(without),
  ]
  return [
    row('requests', ({ requests }) => String(requests)),
    row('users’ errors', ({ errors }) => String(errors)),
    row('answered in full', ({ full }) => String(full)),
    row('answered without a part', ({ degraded }) => String(degraded)),
    row('success rate', ({ successRatio }) =>
      successRatio === null ? '–' : `${(successRatio * 100).toFixed(2)} %`,
    ),
    row('p50', ({ p50 }) => ms(p50)),
    row('p95', ({ p95 }) => ms(p95)),
    row('p99', ({ p99 }) => ms(p99)),
    row('never sent', ({ dropped }) => String(dropped)),
  ]
}

function phaseRows({ phases }: DemoReport): string[][] {
  return phases.map((phase) => [
    `${phase.title} (${phase.seconds.toFixed(0)} s)`,
    String(phase.protected.errors),
    String(phase.protected.degraded),
    String(phase.unprotected.errors),
  ])
}

function outageRows({ outages }: DemoReport): string[][] {
  return outages.map((outage: OutageFigures) => [
    `${outage.target} ${outage.kind}`,
    ms(outage.decidingFailureToOpenMs),
    ms(outage.firstFailureToOpenMs),
    ms(outage.healthyToClosedMs),
  ])
}

function ms(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(value < 10 ? 1 : 0)} ms`
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
