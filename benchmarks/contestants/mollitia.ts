import {
  BreakerState,
  Circuit,
  type Module,
  Retry,
  RetryMode,
  SlidingCountBreaker,
  SlidingTimeBreaker,
} from 'mollitia'
import type { Trial } from '../harness/compare.ts'
import { isWorthRetrying, type Work } from '../harness/work.ts'
import { type BreakerSettings, neverOpens } from './breaker-settings.ts'

/** A circuit of mollitia with these modules around the work, outermost first. */
export function mollitiaTrial(modules: Module[], work: Work): Trial {
  const circuit = new Circuit({ func: work, options: { modules } })
  return { call: () => circuit.execute(), dispose: () => circuit.dispose() }
}

/** Retries without a delay. */
export function mollitiaRetry(maxRetries: number): Module {
  return new Retry({
    ...{ attempts: maxRetries, interval: 0, mode: RetryMode.CONSTANT },
    onRejection: (error) => isWorthRetrying(error),
  })
}

/** A breaker by time, of which mollitia keeps the last 1,000 calls. */
export function mollitiaTimeBreaker(settings: BreakerSettings): SlidingTimeBreaker {
  return new SlidingTimeBreaker({ ...optionsOf(settings), slidingWindowSize: settings.windowMs })
}

/** A breaker by the last `calls` calls: costs in proportion to them. */
export function mollitiaCountBreaker(settings: BreakerSettings, calls: number): SlidingCountBreaker {
  return new SlidingCountBreaker({ ...optionsOf(settings), slidingWindowSize: calls })
}

/** A breaker that is open from the start; told to open it would start a second timer that nothing stops. */
export function openMollitiaBreaker(calls: number): SlidingCountBreaker {
  const options = { ...optionsOf(neverOpens), slidingWindowSize: calls, state: BreakerState.OPENED }
  return new SlidingCountBreaker(options)
}

function optionsOf({ failureRatio, minimumCalls, openMs }: BreakerSettings): {
  failureRateThreshold: number
  minimumNumberOfCalls: number
  openStateDelay: number
} {
  return {
    failureRateThreshold: failureRatio * 100,
    minimumNumberOfCalls: minimumCalls,
    openStateDelay: openMs,
  }
}
