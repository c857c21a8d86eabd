import type { Runtime } from './runtime-api.ts'
import type { RuntimeOptions } from './runtime-options.ts'
import { ServiceRuntime } from './service-runtime.ts'

/**
 * Binds a service together: what its pipelines do is counted, its faults are grouped, its breakers take orders.
 * It reports nothing by itself; `createRuntime` of `breakwater/node` adds the hub.
 *
 * @throws {TypeError} when an option is wrong
 * @example
 * const bw = createRuntime({ service: 'family-api' })
 * const charge = bw.pipeline({ operation: 'payments.charge', policies: [bw.circuitBreaker('stripe')] })
 */
export function createRuntime(options: RuntimeOptions): Runtime {
  return new ServiceRuntime(options)
}
