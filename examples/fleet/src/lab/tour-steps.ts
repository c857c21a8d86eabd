import type { LabFaultOrder } from 'breakwater/protocol'

/** A step of the tour: what to look at, the faults it starts, and how long it takes. */
export interface TourStep {
  readonly title: string
  readonly text: string
  readonly seconds: number
  readonly faults: readonly LabFaultOrder[]
}

const outage = (target: string, kind: LabFaultOrder['kind'], seconds: number): LabFaultOrder => ({
  target,
  kind,
  durationMs: seconds * 1_000,
})

/** The scripted tour, about two minutes. */
export const tourSteps: readonly TourStep[] = [
  {
    title: 'All is well',
    text: 'Both storefronts get the same requests at the same moments. Both answer all of them, equally fast.',
    seconds: 8,
    faults: [],
  },
  {
    title: 'Payments answers 503',
    text: 'The unprotected shop fails every checkout. The protected one opens its circuit within moments, takes the orders into a queue and answers “queued”.',
    seconds: 14,
    faults: [outage('payments', 'errors', 14)],
  },
  {
    title: 'Payments is back',
    text: 'A trial call finds payments healthy and the circuit closes, in less than five seconds. The queued orders are paid.',
    seconds: 8,
    faults: [],
  },
  {
    title: 'Inventory is cut off, three connections in ten',
    text: 'Every third connection is reset. Retries within a budget hide nearly all of it: look at the attempts, not only at the errors.',
    seconds: 12,
    faults: [{ ...outage('inventory', 'reset', 12), ratio: 0.3 }],
  },
  {
    title: 'Recommendations hang',
    text: 'The service accepts requests and never answers. Unprotected product pages wait ten seconds and fail; protected ones come at once, without recommendations.',
    seconds: 14,
    faults: [outage('recommendations', 'hang', 14)],
  },
  {
    title: 'Inventory is slow',
    text: 'Each answer takes two seconds longer. The protected shop stops waiting early and shows the stock as unknown.',
    seconds: 12,
    faults: [outage('inventory', 'latency', 12)],
  },
  {
    title: 'Recommendations trickle',
    text: 'Answers come a byte at a time: the connection is alive, the answer is not. Only a time limit on the whole answer helps.',
    seconds: 12,
    faults: [outage('recommendations', 'trickle', 12)],
  },
  {
    title: 'The payments process is killed',
    text: 'SIGKILL, for real: look at the process id and at the restarts. It comes back after ten seconds.',
    seconds: 12,
    faults: [outage('payments', 'kill', 10)],
  },
  {
    title: 'All is well again',
    text: 'Every circuit is closed and the queue is empty. Compare what the users of both shops have seen.',
    seconds: 8,
    faults: [],
  },
]
