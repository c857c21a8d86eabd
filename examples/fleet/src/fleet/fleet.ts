import { mkdir } from 'node:fs/promises'
import type { LabView } from 'breakwater/protocol'
import { seededRandom } from 'breakwater/testing'
import { systemClock } from '../clock/system-clock.ts'
import { startJsonServer } from '../http/json-server.ts'
import { faultBoard, type FaultBoard } from '../lab/fault-board.ts'
import { type Lab, labRoutes } from '../lab/lab-routes.ts'
import { tour } from '../lab/tour.ts'
import { tourSteps } from '../lab/tour-steps.ts'
import { type LoadGenerator, loadGenerator } from '../load/load-generator.ts'
import { labView } from './lab-view.ts'
import { describeProcesses, type Processes } from './processes.ts'
import { processTarget } from './process-target.ts'

/** How the fleet runs. */
export interface FleetOptions {
  /** The folder for databases and spools; made when missing. */
  readonly dataDir: string
  /** 0 for a free one. */
  readonly hubPort: number
  /** Requests a second to each storefront. */
  readonly ratePerSecond: number
  /** The same seed gives the same requests. */
  readonly seed: number
}

/** The running fleet: hub, services, both storefronts and their users. */
export interface Fleet {
  /** The page. */
  readonly url: string
  readonly processes: Processes
  readonly load: LoadGenerator
  readonly board: FaultBoard
  readonly labView: () => LabView
  /** Ends all of it in good order: the users first, the hub last. */
  stop(): Promise<void>
}

const stopGraceMs = 8_000

/**
 * Starts the fleet; resolves when all of it listens and the load runs.
 *
 * @throws {Error} when a process does not come up; what was started has ended by then
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  await mkdir(options.dataDir, { recursive: true })
  const parts = describeParts(options)
  const { processes, board, load } = parts
  const server = await startJsonServer({ routes: labRoutes(parts) })
  const stop = async (): Promise<void> => {
    await parts.tour.stop()
    board.close()
    await load.abandon()
    await stopAll(processes)
    await server.close()
  }
  parts.lab.url = server.url
  try {
    await startAll(processes)
  } catch (error) {
    await stop()
    throw error
  }
  load.start()
  return { url: processes.hub.url, processes, load, board, labView: parts.view, stop }
}

interface Parts extends Lab {
  readonly processes: Processes
  readonly load: LoadGenerator
  /** The controller's own address, known once it listens. */
  readonly lab: { url: string }
}

function describeParts({ dataDir, hubPort, ratePerSecond, seed }: FleetOptions): Parts {
  const clock = systemClock
  const lab = { url: '' }
  const processes = describeProcesses({
    ...{ clock, dataDir, hubPort, seed },
    labUrl: () => lab.url,
    onReady: ({ name }) => void board.apply(name),
  })
  const { payments, inventory, recommendations } = processes
  const targets = [payments, inventory, recommendations]
  const board = faultBoard(new Map(targets.map((target) => [target.name, processTarget(target)])), clock)
  const load = loadGenerator({
    ...{ clock, ratePerSecond, random: seededRandom(seed) },
    protectedUrl: () => processes.protected.url,
    unprotectedUrl: () => processes.unprotected.url,
    runId: Math.round(clock.epochNow()).toString(36),
  })
  const scripted = tour(tourSteps, board, clock)
  const view = (): LabView => labView({ clock, board, tour: scripted, processes, load })
  return { lab, processes, board, load, tour: scripted, view }
}

async function startAll(processes: Processes): Promise<void> {
  const { hub, payments, inventory, recommendations } = processes
  await hub.start()
  await Promise.all([payments.start(), inventory.start(), recommendations.start()])
  await Promise.all([processes.protected.start(), processes.unprotected.start()])
}

async function stopAll(processes: Processes): Promise<void> {
  const { hub, payments, inventory, recommendations } = processes
  const services = [processes.protected, processes.unprotected, payments, inventory, recommendations]
  await Promise.all(services.map((service) => service.stop(stopGraceMs)))
  await hub.stop(stopGraceMs)
}
