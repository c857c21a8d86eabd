import type { LabFault } from 'breakwater/protocol'
import type { Clock } from '../clock/clock.ts'
import { answerPlainly, type Exchange } from '../http/exchange.ts'
import { faultKinds } from './fault-kinds.ts'

/** Stands in front of a service's routes and lets faults strike. */
export interface FaultGate {
  /** Replaces the faults in force. Each ends at its `endsAt`, also when nobody takes it back. */
  set(faults: readonly LabFault[]): void
  readonly pass: (exchange: Exchange) => Promise<void>
}

/** Makes a gate without a fault; chance decides which requests a fault with a `ratio` below 1 hits. */
export function faultGate(clock: Clock, random: { next(): number }): FaultGate {
  let inForce: readonly LabFault[] = []

  function strike(exchange: Exchange, faults: readonly LabFault[]): Promise<void> {
    const [fault, ...others] = faults
    if (fault === undefined) return answerPlainly(exchange)
    const next = (): Promise<void> => strike(exchange, others)
    const kind = faultKinds[fault.kind]
    return kind.at === 'request' ? kind.strike({ exchange, fault, clock, next }) : next()
  }

  return {
    set: (faults) => {
      inForce = faults
    },
    pass: (exchange) => {
      const now = clock.epochNow()
      return strike(
        exchange,
        inForce.filter((fault) => fault.endsAt > now && random.next() < fault.ratio),
      )
    },
  }
}
