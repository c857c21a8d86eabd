import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabView } from 'breakwater/protocol'
import { repeat } from '../clock/repeat.ts'
import { systemClock } from '../clock/system-clock.ts'
import { until } from '../clock/until.ts'
import { type Fleet, startFleet } from '../fleet/fleet.ts'
import { readFaultOrder } from '../lab/read-fault-order.ts'
import type { DemoReport, PhaseFigures } from './demo-report.ts'
import { type Outage, outageFigures } from './outage-figures.ts'
import { type Phase, phasesOf } from './phases.ts'
import { checkPromises } from './promises.ts'
import { compareBooks, readServiceBooks } from './read-books.ts'
import { sideDifference, sideFigures } from './side-figures.ts'

/** How a measured run goes. */
export interface ReportOptions {
  /** How long users are there; at least 30. */
  readonly seconds: number
  readonly ratePerSecond: number
  readonly seed: number
  /** Is told how it stands, each second. */
  readonly onSecond?: (progress: ReportProgress) => void
  /** Ends the run early; it then rejects with the signal's reason, and nothing is left running. */
  readonly signal?: AbortSignal
}

/** How a run stands. */
export interface ReportProgress {
  /** The page, for whoever wants to look. */
  readonly url: string
  readonly phase: string
  readonly lab: LabView
}

const clock = systemClock
const settleMs = 15_000

/** Runs the fleet through its outages on free ports and in a folder of its own, and gives the figures. */
export async function runReport(options: ReportOptions): Promise<DemoReport> {
  const { ratePerSecond, seed, signal } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'breakwater-demo-'))
  try {
    const fleet = await startFleet({ dataDir, hubPort: 0, ratePerSecond, seed })
    try {
      signal?.throwIfAborted()
      return await measure(fleet, options)
    } finally {
      await fleet.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measure(fleet: Fleet, options: ReportOptions): Promise<DemoReport> {
  const { seconds, ratePerSecond, seed, onSecond } = options
  const now = { phase: '' }
  const ticker = repeat(clock, 1_000, () =>
    onSecond?.({ url: fleet.url, phase: now.phase, lab: fleet.labView() }),
  )
  const phases: PhaseFigures[] = []
  const outages: Outage[] = []
  try {
    for (const phase of phasesOf(seconds)) {
      now.phase = phase.title
      phases.push(await runPhase(fleet, phase, { outages, signal: options.signal }))
    }
    now.phase = 'settling'
    await fleet.load.stop()
    return await closeBooks(fleet, { seconds, ratePerSecond, seed, phases }, outages)
  } finally {
    ticker.cancel()
  }
}

async function runPhase(
  { board, load }: Fleet,
  { title, seconds, fault }: Phase,
  { outages, signal }: { readonly outages: Outage[]; readonly signal: AbortSignal | undefined },
): Promise<PhaseFigures> {
  const before = { protected: load.protected.totals(), unprotected: load.unprotected.totals() }
  const started = fault === null ? null : await board.start(readFaultOrder({ ...fault, durationMs: 600_000 }))
  await clock.sleep(seconds * 1_000, signal)
  if (started !== null) {
    await board.end(started.id)
    const { target, kind, startedAt } = started
    outages.push({ target, kind, startedAt, healthyAt: clock.epochNow() })
  }
  return {
    ...{ title, seconds },
    protected: sideFigures(sideDifference(load.protected.totals(), before.protected)),
    unprotected: sideFigures(sideDifference(load.unprotected.totals(), before.unprotected)),
  }
}

async function closeBooks(
  { processes, load }: Fleet,
  run: Pick<DemoReport, 'seconds' | 'ratePerSecond' | 'seed' | 'phases'>,
  outages: readonly Outage[],
): Promise<DemoReport> {
  const storefront = processes.protected
  const isPaid = async (): Promise<true | undefined> =>
    (await readServiceBooks(storefront)).queued === 0 ? true : undefined
  await until(clock, isPaid, { withinMs: settleMs })
  const books = await compareBooks(processes, clock, settleMs)
  const own = await readServiceBooks(storefront)
  const figures = outages.map((outage) => outageFigures(outage, own))
  const open = new Map(own.transitions.map(({ breaker, type }) => [breaker, type]))
  const areClosed = [...open.values()].every((type) => type === 'CircuitClosed')
  const report = {
    ...{ ...run, outages: figures, books, unpaidOrders: own.queued },
    ...{
      protected: sideFigures(load.protected.totals()),
      unprotected: sideFigures(load.unprotected.totals()),
    },
    hasRecovered: areClosed && own.queued === 0,
  }
  const promises = checkPromises(report)
  return { ...report, promises, isKept: promises.every(({ isKept }) => isKept) }
}
