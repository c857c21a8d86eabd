import type { BalancerEvent } from './balancer-events.ts'
import type { Endpoint } from './endpoint.ts'
import type { RoutePlan } from './route-plan.ts'

/** What is worth telling when calls go another way: failover, failback, panic and its end. */
export function planEvents<E extends Endpoint>(
  policy: string,
  before: RoutePlan<E>,
  after: RoutePlan<E>,
): readonly BalancerEvent[] {
  const events: BalancerEvent[] = []
  const wasFailedOver = isFailedOver(before)
  const wasPanicking = panicking(before).length > 0
  const priorities = panicking(after)
  if (!wasFailedOver && isFailedOver(after)) {
    events.push({ type: 'FailoverStarted', policy, shares: after.levels.map(({ share }) => share) })
  }
  if (wasFailedOver && !isFailedOver(after)) events.push({ type: 'FailoverEnded', policy })
  if (!wasPanicking && priorities.length > 0) events.push({ type: 'PanicStarted', policy, priorities })
  if (wasPanicking && priorities.length === 0) events.push({ type: 'PanicEnded', policy })
  return events
}

function isFailedOver<E extends Endpoint>(plan: RoutePlan<E>): boolean {
  const [first] = plan.levels
  return first !== undefined && first.share < 1
}

function panicking<E extends Endpoint>(plan: RoutePlan<E>): readonly number[] {
  return plan.levels.filter(({ isPanicking }) => isPanicking).map(({ priority }) => priority)
}
