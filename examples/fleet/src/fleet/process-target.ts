import { callJson } from '../http/call-json.ts'
import type { FaultTarget } from '../lab/fault-board.ts'
import type { SupervisedProcess } from '../supervise/supervised-process.ts'

/** A process of the fleet as something to put faults into. */
export function processTarget(process: SupervisedProcess): FaultTarget {
  return {
    setFaults: async (faults) => {
      if (!process.isUp) return
      // A process that dies meanwhile gets its faults when it listens again.
      await callJson(`${process.adminUrl}/faults`, { method: 'PUT', body: faults }).catch(() => undefined)
    },
    kill: () => process.kill(),
    revive: () => process.revive(),
  }
}
