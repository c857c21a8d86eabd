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
  return new TimedFaultBoard(targets, clock)
}

class TimedFaultBoard implements FaultBoard {
  readonly #targets: ReadonlyMap<string, FaultTarget>
  readonly #clock: Clock
  readonly #inForce = new Map<string, { readonly fault: LabFault; readonly timer: Timer }>()
  #next = 1

  constructor(targets: ReadonlyMap<string, FaultTarget>, clock: Clock) {
    this.#targets = targets
    this.#clock = clock
  }

  get faults(): readonly LabFault[] {
    return [...this.#inForce.values()].map(({ fault }) => fault)
  }

  async start(order: Required<LabFaultOrder>): Promise<LabFault> {
    this.#checkRoom(order)
    const startedAt = Math.round(this.#clock.epochNow())
    const fault: LabFault = {
      ...order,
      id: `f${this.#next++}`,
      startedAt,
      endsAt: startedAt + order.durationMs,
    }
    const timer = this.#clock.setTimer(order.durationMs, () => void this.end(fault.id))
    this.#inForce.set(fault.id, { fault, timer })
    if (fault.kind === 'kill') this.#targets.get(fault.target)?.kill()
    else await this.apply(fault.target)
    return fault
  }

  async end(id: string): Promise<boolean> {
    const entry = this.#inForce.get(id)
    if (entry === undefined) return false
    this.#inForce.delete(id)
    entry.timer.cancel()
    if (entry.fault.kind === 'kill') await this.#targets.get(entry.fault.target)?.revive()
    else await this.apply(entry.fault.target)
    return true
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#inForce.keys()].map((id) => this.end(id)))
  }

  async apply(target: string): Promise<void> {
    const faults = this.faults.filter((fault) => fault.target === target && fault.kind !== 'kill')
    await this.#targets.get(target)?.setFaults(faults)
  }

  close(): void {
    for (const { timer } of this.#inForce.values()) timer.cancel()
    this.#inForce.clear()
  }

  #checkRoom({ target, kind }: Required<LabFaultOrder>): void {
    if (this.#inForce.size >= maxFaults) {
      throw new HttpProblem(409, `There are ${maxFaults} faults in force already`)
    }
    const isDown = this.faults.some((fault) => fault.target === target && fault.kind === 'kill')
    if (isDown && kind === 'kill') throw new HttpProblem(409, `The service ${target} is down already`)
  }
}
