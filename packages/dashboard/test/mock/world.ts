import type { LiveFigures, OutcomeSeries, OutcomeTotals } from 'breakwater/protocol'
import { noise } from './noise.ts'

/** A pretended fleet whose figures at any second follow from the second alone. */
export interface World {
  /** When the mock was started: payments broke four minutes before. */
  readonly startedAt: number
}

/** The services of the pretended fleet. */
export const serviceNames = [
  'inventory',
  'payments',
  'recommendations',
  'storefront',
  'storefront-unprotected',
]

const rates: Readonly<Record<string, number>> = { payments: 18, inventory: 34, recommendations: 26 }
const minuteMs = 60_000

/** When payments was and is broken, epoch milliseconds. */
export function outages({ startedAt }: World): [number, number][] {
  return [
    [startedAt - 11.4 * minuteMs, startedAt - 9.2 * minuteMs],
    [startedAt - 4 * minuteMs, Infinity],
  ]
}

/** Whether payments is broken at a time. */
export function isBroken(world: World, at: number): boolean {
  return outages(world).some(([from, to]) => at >= from && at < to)
}

/** What happened in a service in one second; undefined for the seconds without a report. */
export function figuresAt(world: World, service: string, at: number): LiveFigures | undefined {
  const second = Math.floor(at / 1000)
  // The hub was away for twenty seconds: a gap.
  const sinceGap = at - (world.startedAt - 7 * minuteMs)
  if (sinceGap >= 0 && sinceGap < 20_000) return undefined
  const wave = 1 + 0.18 * Math.sin(second / 47) + 0.3 * (noise(service, second) - 0.5)
  const calls = Math.round((rates[service] ?? 42) * wave)
  const hurt = isBroken(world, at) ? hurtShare(service, second) : 0.002
  const failures = Math.round(calls * hurt * (0.8 + 0.4 * noise(`${service}!`, second)))
  const isProtected = service === 'storefront' && isBroken(world, at)
  const rejections = isProtected
    ? Math.min(calls - failures, Math.round(noise('rejections', second) * 2.4))
    : 0
  const spared = isProtected
    ? Math.round((calls - failures - rejections) * 0.34)
    : Math.round(noise('retry', second) * 0.6)
  return {
    calls,
    successes: calls - failures - rejections,
    failures,
    rejections,
    spared,
    ...latencyAt(service, second, hurt),
  }
}

function hurtShare(service: string, second: number): number {
  if (service === 'payments') return 0.64
  if (service === 'storefront-unprotected') return 0.38
  return service === 'storefront' ? 0.012 : noise(service, second) * 0.006
}

function latencyAt(service: string, second: number, hurt: number): { p50: number; p95: number; p99: number } {
  const slow = hurt > 0.1 ? 6 : 1
  const p50 = (6 + service.length * 0.6) * (0.9 + 0.3 * noise(`${service}50`, second)) * (slow > 1 ? 1.6 : 1)
  const p95 = p50 * (2.2 + noise(`${service}95`, second)) * slow
  return { p50, p95, p99: p95 * (1.3 + 0.8 * noise(`${service}99`, second)) }
}

/** The sum of several services' figures, or of one's over several seconds. */
export function addFigures(all: readonly (LiveFigures | undefined)[]): LiveFigures | undefined {
  const known = all.filter((figures) => figures !== undefined)
  if (known.length === 0) return undefined
  const sum = (pick: (figures: LiveFigures) => number): number =>
    known.reduce((total, each) => total + pick(each), 0)
  const top = (pick: (figures: LiveFigures) => number | null): number =>
    Math.max(...known.map((each) => pick(each) ?? 0))
  return {
    calls: sum((each) => each.calls),
    successes: sum((each) => each.successes),
    failures: sum((each) => each.failures),
    rejections: sum((each) => each.rejections),
    spared: sum((each) => each.spared),
    p50: sum((each) => each.p50 ?? 0) / known.length,
    p95: top((each) => each.p95),
    p99: top((each) => each.p99),
  }
}

/** What happened in some services in one step of a series. */
export function stepFigures(
  world: World,
  services: readonly string[],
  span: { from: number; stepMs: number; to: number },
): LiveFigures | undefined {
  const seconds = Math.max(1, Math.min(60, Math.round(span.stepMs / 1000)))
  const parts = Array.from({ length: seconds }, (_unused, i) => span.from + i * 1000)
  return addFigures(
    parts
      .filter((at) => at + 1_000 <= span.to)
      .flatMap((at) => services.map((service) => figuresAt(world, service, at))),
  )
}

/** The totals of a series; what is not in a series is made up in proportion. */
export function totalsOf(series: OutcomeSeries): OutcomeTotals {
  const sum = (column: readonly (number | null)[]): number =>
    column.reduce<number>((total, value) => total + (value ?? 0), 0)
  const spared = sum(series.spared)
  const calls = sum(series.calls)
  const byRetry = Math.round(spared * 0.18)
  return {
    calls,
    successes: sum(series.successes),
    failures: sum(series.failures),
    rejections: sum(series.rejections),
    cancellations: 0,
    attempts: calls + byRetry,
    attemptFailures: sum(series.failures) + byRetry,
    sparedByRetry: byRetry,
    sparedByFallback: spared - byRetry,
    sparedByCache: 0,
    sparedByHedge: 0,
  }
}
