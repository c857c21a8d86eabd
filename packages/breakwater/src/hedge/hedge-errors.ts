import { ResilienceError } from '../faults/resilience-error.ts'

/** The reason with which the signal of an attempt aborts that another has beaten; no caller ever sees it. */
export class HedgeLostError extends ResilienceError {
  constructor(operation: string) {
    super(`Another attempt of '${operation}' answered first`, { code: 'HEDGE_LOST' })
    this.name = 'HedgeLostError'
  }
}
