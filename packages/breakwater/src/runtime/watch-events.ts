import type { PolicyEvent } from './policy-event.ts'
import type { Reported } from './policy-registry.ts'

/** Kinds whose events are few enough to be made for us alone; an event that nobody listens to costs nothing. */
const watchedKinds: ReadonlySet<string> = new Set([
  'circuit-breaker',
  'bulkhead',
  'balancer',
  'adaptive-throttle',
])

const subscriptions = ['on', 'onBreach', 'onKeyEvent'] as const

type Subscribe = (listener: (event: PolicyEvent) => void) => unknown

/** Subscribes to the events of a policy. One that is not ours may have none. */
export function watchEvents(policy: Reported, told: (event: PolicyEvent) => void): void {
  if (!watchedKinds.has(policy.kind)) return
  for (const name of subscriptions) {
    const subscribe: unknown = Reflect.get(policy, name)
    if (typeof subscribe === 'function') (subscribe as Subscribe).call(policy, told)
  }
}
