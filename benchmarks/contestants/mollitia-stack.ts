import {
  BreakerError,
  Bulkhead,
  Circuit,
  Retry,
  RetryMode,
  type SlidingCountBreaker,
  Timeout,
} from 'mollitia'
import type { Trial } from '../harness/compare.ts'
import { isWorthRetrying, type Work } from '../harness/work.ts'
import { neverOpens } from './breaker-settings.ts'
import { mollitiaCountBreaker, openMollitiaBreaker } from './mollitia.ts'
import { answer, stackSettings } from './stack-settings.ts'

const windowCalls = 100

/** With a closed circuit, by the last 100 calls: the cheaper of its windows. The fallback is by hand, as mollitia's cannot answer. */
export function mollitiaStack(work: Work): Trial {
  return stackWith(mollitiaCountBreaker(neverOpens, windowCalls), work)
}

/** With an open one. */
export function openMollitiaStack(work: Work): Trial {
  return stackWith(openMollitiaBreaker(windowCalls), work)
}

function stackWith(breaker: SlidingCountBreaker, work: Work): Trial {
  const { attemptMs, delayMs, limit, maxDelayMs, maxRetries, queue, totalMs } = stackSettings
  const retry = new Retry({
    ...{ attempts: maxRetries, mode: RetryMode.EXPONENTIAL, interval: delayMs, maxInterval: maxDelayMs },
    onRejection: (error) => isWorthRetrying(error) && !(error instanceof BreakerError),
  })
  const bulkhead = new Bulkhead({ concurrentSize: limit, queueSize: queue, maxQueueWait: Infinity })
  const modules = [
    new Timeout({ delay: totalMs }),
    retry,
    breaker,
    bulkhead,
    new Timeout({ delay: attemptMs }),
  ]
  const circuit = new Circuit({ func: work, options: { modules } })
  return { call: () => circuit.execute().catch(answer), dispose: () => circuit.dispose() }
}
