import type { LabFault, LabFaultOrder } from 'breakwater/protocol'
import type { Clock, Timer } from '../clock/clock.ts'
import { HttpProblem } from '../http/http-problem.ts'

/** What the board needs of the services that it puts faults into. */
export interface FaultTarget {
  /** Replaces the faults in force in the service's own server. */
  setFaults(faults: readonly LabFault[]): Promise<void>
  /** Ends its process with SIGKILL and keeps it down. */
  kill(): void
  /** Starts it again. */
  revive(): Promise<void>
}

/** All faults in force; each ends by itself. */
export interface FaultBoard {
  readonly faults: readonly LabFault[]
  /** Starts a fault; resolves when it is in force. @throws {HttpProblem} 409 when too many are in force */
  start(order: Required<LabFaultOrder>): Promise<LabFault>
  /** Ends a fault; resolves when it is over, with false when there is none of that id. */
  end(id: string): Promise<boolean>
  endAll(): Promise<void>
  /** Forgets all faults without ending them, for the end of the fleet itself. */
  close(): void
  /** Puts the faults of a service that was started again into its new process. */
  apply(target: string): Promise<void>
}

const maxFaults = 50

/** Makes a board over the targets, by name. */
export function faultBoard(targets: ReadonlyMap<string, FaultTarget>, clock: Clock): FaultBoard {
  const inForce = new Map<string, { readonly fault: LabFault; readonly timer: Timer }>()
  let next = 1

  const list = (): LabFault[] => [...inForce.values()].map(({ fault }) => fault)

  async function apply(name: string): Promise<void> {
    const faults = list().filter(({ target, kind }) => target === name && kind !== 'kill')
    await targets.get(name)?.setFaults(faults)
  }

  async function start(order: Required<LabFaultOrder>): Promise<LabFault> {
    if (inForce.size >= maxFaults)
      throw new HttpProblem(409, `There are ${maxFaults} faults in force already`)
    const isDown = list().some(({ target, kind }) => target === order.target && kind === 'kill')
    if (isDown && order.kind === 'kill')
      throw new HttpProblem(409, `The service ${order.target} is down already`)
    const startedAt = Math.round(clock.epochNow())
    const fault: LabFault = { ...order, id: `f${next++}`, startedAt, endsAt: startedAt + order.durationMs }
    const timer = clock.setTimer(order.durationMs, () => void end(fault.id))
    inForce.set(fault.id, { fault, timer })
    if (fault.kind === 'kill') targets.get(fault.target)?.kill()
    else await apply(fault.target)
    return fault
  }

  async function end(id: string): Promise<boolean> {
    const entry = inForce.get(id)
    if (entry === undefined) return false
    inForce.delete(id)
    entry.timer.cancel()
    if (entry.fault.kind === 'kill') await targets.get(entry.fault.target)?.revive()
    else await apply(entry.fault.target)
    return true
  }

  return {
    get faults() {
      return list()
    },
    ...{ start, end, apply },
    close: () => {
      for (const { timer } of inForce.values()) timer.cancel()
      inForce.clear()
    },
    endAll: async () => void (await Promise.all([...inForce.keys()].map(end))),
  }
}
