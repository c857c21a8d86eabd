import type { LabView } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import type { FaultBoard } from '../lab/fault-board.ts'
import type { Tour } from '../lab/tour.ts'
import type { LoadGenerator } from '../load/load-generator.ts'
import type { Processes } from './processes.ts'

/** What {@link labView} is made of. */
export interface LabParts {
  readonly clock: Clock
  readonly board: FaultBoard
  readonly tour: Tour
  readonly processes: Processes
  readonly load: LoadGenerator
}

/** Everything that the Lab shows, as of now. */
export function labView({ clock, board, tour, processes, load }: LabParts): LabView {
  const { payments, inventory, recommendations } = processes
  return {
    at: Math.round(clock.epochNow()),
    ratePerSecond: load.ratePerSecond,
    targets: [payments, inventory, recommendations].map(({ name, isUp, pid, restarts }) => ({
      ...{ name, isUp, pid, restarts },
    })),
    faults: board.faults,
    sides: [load.protected.view(), load.unprotected.view()],
    tour: tour.view,
  }
}
