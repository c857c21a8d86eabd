import type { FaultKind } from './injector.ts'

/** Answers correctly, but late. */
export const latency: FaultKind = {
  kind: 'latency',
  at: 'request',
  strike: async ({ fault, clock, next }) => {
    await clock.sleep(fault.latencyMs)
    await next()
  },
}
