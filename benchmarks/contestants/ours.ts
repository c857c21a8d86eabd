import { type CircuitBreaker, createRuntime, pipeline, type Policy } from 'breakwater'
import type { Trial } from '../harness/compare.ts'
import type { Work } from '../harness/work.ts'

type Policies = readonly Policy<unknown>[]

/** A pipeline of ours around the work. */
export function ours(policies: Policies, work: Work): Trial {
  const protectedWork = pipeline({ policies })
  return { call: () => protectedWork.run(work) }
}

/** The same, made by a runtime: calls, latency and faults are counted. They are collected between batches, as a reporter would. */
export function oursWithRuntime(policies: Policies, work: Work): Trial {
  const runtime = createRuntime({ service: 'benchmark' })
  const protectedWork = runtime.pipeline({ operation: 'work', policies })
  return { call: () => protectedWork.run(work), before: () => runtime.collect() }
}

/** A pipeline of ours through `tryRun`, which does not throw. */
export function oursTried(policies: Policies, work: Work): Trial {
  const protectedWork = pipeline({ policies })
  return { call: () => protectedWork.tryRun(work) }
}

/** The trial with a success in the breaker's window before each batch, so that failures are counted and do not open it. */
export function keptClosed(breaker: CircuitBreaker, trial: Trial): Trial {
  const before = async (): Promise<void> => {
    trial.before?.()
    await breaker.run(() => 'a success')
  }
  return { ...trial, before }
}
