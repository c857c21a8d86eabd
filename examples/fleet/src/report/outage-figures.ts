import type { LabFaultKind } from 'breakwater/protocol'
import type { BreakerDiaryPages } from '../instrument/breaker-diary.ts'
import type { OutageFigures } from './demo-report.ts'

/** When a service failed its callers; epoch milliseconds. */
export interface Outage {
  readonly target: string
  readonly kind: LabFaultKind
  readonly startedAt: number
  /** The service answers as it should from here on. */
  readonly healthyAt: number
}

/** How the storefront took an outage, by what it wrote down itself. */
export function outageFigures(outage: Outage, { transitions, failures }: BreakerDiaryPages): OutageFigures {
  const { target, kind, startedAt, healthyAt } = outage
  const own = transitions.filter(({ breaker }) => breaker === target)
  const opened = own.find(({ type, at }) => type === 'CircuitOpened' && at >= startedAt && at <= healthyAt)
  const first = failures.find(({ breaker, at }) => breaker === target && at >= startedAt)
  const closed = own.find(({ type, at }) => type === 'CircuitClosed' && at >= healthyAt)
  return {
    ...{ target, kind },
    decidingFailureToOpenMs: opened?.sinceFailureMs ?? null,
    firstFailureToOpenMs: opened && first ? opened.at - first.at : null,
    healthyToClosedMs: opened && closed ? closed.at - healthyAt : null,
  }
}
