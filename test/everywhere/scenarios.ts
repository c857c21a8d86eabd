import {
  bulkhead,
  cache,
  circuitBreaker,
  createRuntime,
  exponential,
  fallback,
  hedge,
  isBulkheadFullError,
  isCircuitOpenError,
  isTimeoutError,
  pipeline,
  retry,
  systemClock,
  timeout,
} from 'breakwater'

/** What the policies did on the platform that ran them: plain values, to be compared by whoever started it. */
export interface ScenarioResults {
  readonly retry: { readonly value: string; readonly attempts: number; readonly hasWaited: boolean }
  readonly breaker: { readonly states: readonly string[]; readonly refusal: string }
  readonly timeout: { readonly isTimeout: boolean; readonly isAborted: boolean; readonly limitMs: number }
  readonly bulkhead: {
    readonly most: number
    readonly values: readonly number[]
    readonly isRefused: boolean
  }
  readonly hedge: { readonly value: string; readonly isLoserAborted: boolean }
  readonly cache: { readonly values: readonly number[]; readonly afterFailure: number }
  readonly fallback: { readonly value: string }
  readonly runtime: { readonly successes: number; readonly failures: number; readonly faults: number }
}

/** Runs each policy of the pure entry on the system's clock, and gives what happened. */
export async function runScenarios(): Promise<ScenarioResults> {
  return {
    retry: await retryWithBackoff(),
    breaker: await breakerOpensAndCloses(),
    timeout: await timeoutAborts(),
    bulkhead: await bulkheadQueues(),
    hedge: await hedgeAnswersFirst(),
    cache: await cacheServes(),
    fallback: { value: await pipeline({ policies: [fallback(() => 'less')] }).run(fails) },
    runtime: await runtimeCounts(),
  }
}

const fails = (): Promise<never> => Promise.reject(new Error('down'))

/** Work that ends only when it is aborted. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('the work was aborted', { cause: signal.reason }))
    })
  })
}

async function retryWithBackoff(): Promise<ScenarioResults['retry']> {
  const startedAt = systemClock.now()
  let attempts = 0
  const backoff = exponential({ initialMs: 20, jitter: 'none' })
  const value = await pipeline({ policies: [retry({ maxRetries: 3, backoff })] }).run(({ attempt }) => {
    attempts += 1
    return attempt < 2 ? fails() : 'third time'
  })
  // 20 and 40 ms; timers may be a little early, rounded to a millisecond each.
  return { value, attempts, hasWaited: systemClock.now() - startedAt >= 57 }
}

async function breakerOpensAndCloses(): Promise<ScenarioResults['breaker']> {
  const breaker = circuitBreaker({ name: 'b', consecutiveFailures: 2, openMs: 40, jitter: 0 })
  const states: string[] = [breaker.state]
  await breaker.run(fails).catch(() => undefined)
  await breaker.run(fails).catch(() => undefined)
  states.push(breaker.state)
  const refused: unknown = await breaker.run(() => 'never').catch((error: unknown) => error)
  if (!isCircuitOpenError(refused)) throw new Error('the open circuit let a call through', { cause: refused })
  await systemClock.sleep((refused.remainingMs ?? 0) + 1)
  await breaker.run(() => 'back')
  states.push(breaker.state)
  return { states, refusal: refused.code }
}

async function timeoutAborts(): Promise<ScenarioResults['timeout']> {
  let isAborted = false
  const outcome = await pipeline({ policies: [timeout({ ms: 20 })] }).tryRun(({ signal }) => {
    signal.addEventListener('abort', () => (isAborted = true))
    return untilAborted(signal)
  })
  const error = outcome.ok ? undefined : outcome.error
  return { isTimeout: isTimeoutError(error), isAborted, limitMs: isTimeoutError(error) ? error.limitMs : 0 }
}

async function bulkheadQueues(): Promise<ScenarioResults['bulkhead']> {
  const slots = pipeline({ policies: [bulkhead({ limit: 2, queue: 2 })] })
  let running = 0
  let most = 0
  const work = async (value: number): Promise<number> => {
    running += 1
    most = Math.max(most, running)
    await systemClock.sleep(5)
    running -= 1
    return value
  }
  const calls = [1, 2, 3, 4].map((value) => slots.run(() => work(value)))
  const refused = await slots.tryRun(() => work(5))
  const isRefused = !refused.ok && isBulkheadFullError(refused.error)
  return { most, values: await Promise.all(calls), isRefused }
}

async function hedgeAnswersFirst(): Promise<ScenarioResults['hedge']> {
  let isLoserAborted = false
  const value = await pipeline({ policies: [hedge({ delay: 10 })] }).run(({ attempt, signal }) => {
    if (attempt > 0) return 'second'
    signal.addEventListener('abort', () => (isLoserAborted = true))
    return untilAborted(signal)
  })
  return { value, isLoserAborted }
}

async function cacheServes(): Promise<ScenarioResults['cache']> {
  const kept = pipeline({ policies: [cache({ ttlMs: 20 })] })
  let asked = 0
  const ask = (): Promise<number> => kept.run(() => ++asked, { key: 'a' })
  const values = [await ask(), await ask()]
  await systemClock.sleep(30)
  return { values, afterFailure: await kept.run((): Promise<number> => fails(), { key: 'a' }) }
}

async function runtimeCounts(): Promise<ScenarioResults['runtime']> {
  const bw = createRuntime({ service: 'everywhere' })
  const call = bw.pipeline({ operation: 'o', policies: [bw.circuitBreaker('d')] })
  await call.run(() => 'fine')
  await call.tryRun(fails)
  const { operations, faults } = bw.collect()
  const { successes = 0, failures = 0 } = operations[0] ?? {}
  return { successes, failures, faults: faults.length }
}
