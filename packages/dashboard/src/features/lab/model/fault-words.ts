import type { LabFault, LabFaultKind, LabFaultOrder } from 'breakwater/protocol'
import { formatDuration } from '../../../shared/format/format-time.ts'

/** A kind of fault as it is offered. */
export interface FaultChoice {
  readonly kind: LabFaultKind
  readonly label: string
  readonly effect: string
}

/** The kinds of faults, mildest first. */
export const faultChoices: readonly FaultChoice[] = [
  { kind: 'latency', label: 'Latency', effect: 'answers come two seconds late' },
  { kind: 'trickle', label: 'Trickle', effect: 'answers drip in byte by byte' },
  { kind: 'errors', label: 'Errors', effect: 'answers 503' },
  { kind: 'reset', label: 'Reset', effect: 'connections are reset' },
  { kind: 'hang', label: 'Hang', effect: 'requests are never answered' },
  { kind: 'kill', label: 'Kill', effect: 'the process is killed and started again later' },
]

/** How a fault is started, beside its target and kind. */
export interface FaultSettings {
  readonly ratioPercent: number
  readonly seconds: number
}

/** The settings that are offered first. */
export const defaultSettings: FaultSettings = { ratioPercent: 100, seconds: 30 }

/** The order for a fault; a kill takes the process whole, so it has no share. */
export function faultOrder(
  target: string,
  kind: LabFaultKind,
  { ratioPercent, seconds }: FaultSettings,
): LabFaultOrder {
  const durationMs = seconds * 1000
  return kind === 'kill'
    ? { target, kind, durationMs }
    : { target, kind, durationMs, ratio: ratioPercent / 100 }
}

/** A fault in force, in words: `payments: errors 503 on 50 % of requests, 12 s left`. */
export function faultSentence(
  { target, kind, ratio, latencyMs, status, endsAt }: LabFault,
  now: number,
): string {
  const what =
    { latency: `latency +${formatDuration(latencyMs)}`, errors: `errors ${status}` }[String(kind)] ?? kind
  const share = kind === 'kill' ? '' : ` on ${Math.round(ratio * 100)} % of requests`
  return `${target}: ${what}${share}, ${formatDuration(endsAt - now)} left`
}
