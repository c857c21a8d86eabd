import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from 'breakwater/testing'
import { systemClock } from '../clock/system-clock.ts'
import { until } from '../clock/until.ts'
import { type Fleet, startFleet } from '../fleet/fleet.ts'
import { readFaultOrder } from '../lab/read-fault-order.ts'
import type { BookFigures, SideFigures } from '../report/demo-report.ts'
import { compareBooks, readServiceBooks } from '../report/read-books.ts'
import { sideDifference, sideFigures } from '../report/side-figures.ts'

/** How the hub is killed. */
export interface HubKillOptions {
  readonly kills: number
  readonly ratePerSecond: number
  /** Decides the moments. */
  readonly seed: number
  /** How long the load runs before the first kill, for comparison. */
  readonly calmMs: number
}

/** What came of it. */
export interface HubKillFigures {
  readonly kills: number
  readonly seed: number
  /** What the protected users got while the hub was left alone. */
  readonly calm: SideFigures
  /** What they got while it was killed again and again. */
  readonly killed: SideFigures
  readonly books: BookFigures
}

const clock = systemClock
const settleMs = 15_000

/**
 * Kills the hub with SIGKILL again and again under load, with faults in the fleet so that there is something to
 * count, then compares its books with those of the services.
 */
export async function runHubKills(options: HubKillOptions): Promise<HubKillFigures> {
  const { ratePerSecond, seed } = options
  const dataDir = await mkdtemp(join(tmpdir(), 'breakwater-hub-kill-'))
  try {
    const fleet = await startFleet({ dataDir, hubPort: 0, ratePerSecond, seed })
    try {
      return await measure(fleet, options)
    } finally {
      await fleet.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measure({ board, load, processes }: Fleet, options: HubKillOptions): Promise<HubKillFigures> {
  const { kills, seed, calmMs } = options
  const fault = { target: 'inventory', kind: 'reset', ratio: 0.15, durationMs: 600_000 }
  await board.start(readFaultOrder(fault))
  const start = load.protected.totals()
  await clock.sleep(calmMs)
  const calm = load.protected.totals()
  const random = seededRandom(seed)
  for (let kill = 0; kill < kills; kill += 1) {
    await clock.sleep(100 + random.next() * 1_400)
    processes.hub.kill()
    await clock.sleep(random.next() * 400)
    await processes.hub.revive()
  }
  const end = load.protected.totals()
  await board.endAll()
  await load.stop()
  const isPaid = async (): Promise<true | undefined> =>
    (await readServiceBooks(processes.protected)).queued === 0 ? true : undefined
  await until(clock, isPaid, { withinMs: settleMs })
  return {
    ...{ kills, seed },
    calm: sideFigures(sideDifference(calm, start)),
    killed: sideFigures(sideDifference(end, calm)),
    books: await compareBooks(processes, clock, settleMs),
  }
}
