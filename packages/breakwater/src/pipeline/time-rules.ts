import type { OrderRule } from './order-rule.ts'
import {
  inside,
  isAttemptTimeout,
  isTimeout,
  isTotalTimeout,
  type Policies,
  type Positions,
  read,
} from './order-finders.ts'

/** What goes wrong with time: limited only outside, not at all, or the wrong way round. */
export const timeRules: readonly OrderRule[] = [
  {
    name: 'no-timeout',
    message:
      'Nothing limits the time of the work: what hangs keeps its place for ever, and is no failure to a circuit breaker. Add timeout({ ms }) innermost',
    find: noTimeout,
  },
  {
    name: 'no-attempt-timeout',
    message:
      'Only the whole call is limited: one hung attempt uses up all the time and nothing is retried. Add timeout({ ms }) innermost',
    find: noAttemptTimeout,
  },
  {
    name: 'unbounded-total',
    message:
      'The retry has no limit on the whole call: attempts and waits add up. Add timeout({ totalMs }) outside it',
    find: unboundedTotal,
  },
  {
    name: 'attempt-not-shorter-than-total',
    message: 'The timeout of an attempt is not shorter than that of the whole call, so it never fires',
    find: attemptNotShorter,
  },
  {
    name: 'attempt-timeout-outside-queue',
    message:
      'Waiting for a slot uses up the time of the attempt, and looks like a failure of the dependency: put timeout({ ms }) inside the bulkhead',
    find: attemptTimeoutOutsideQueue,
  },
  {
    name: 'fallback-inside-total-timeout',
    message:
      'When the time of the whole call is up the fallback is not asked any more: put the fallback outside',
    find: fallbackInsideTotalTimeout,
  },
]

const holders: readonly string[] = ['circuit-breaker', 'bulkhead', 'concurrency-limiter', 'balancer']

function noTimeout(policies: Policies): Positions {
  const position = policies.findIndex(({ kind }) => holders.includes(kind))
  return position >= 0 && !policies.some(isTimeout) ? [position] : undefined
}

function noAttemptTimeout(policies: Policies): Positions {
  const position = policies.findIndex(
    (policy, index) => isTotalTimeout(policy) && policies.slice(index).some(({ kind }) => kind === 'retry'),
  )
  return position >= 0 && !policies.some(isAttemptTimeout) ? [position] : undefined
}

function unboundedTotal(policies: Policies): Positions {
  const position = policies.findIndex(
    (policy) => policy.kind === 'retry' && read(policy, 'hasTotalLimit') !== true,
  )
  return position >= 0 && !policies.slice(0, position).some(isTimeout) ? [position] : undefined
}

function attemptNotShorter(policies: Policies): Positions {
  const total = policies.findIndex(isTotalTimeout)
  const attempt = policies.findIndex((policy, index) => isAttemptTimeout(policy) && index > total)
  if (total < 0 || attempt < 0) return undefined
  const [limit, attemptLimit] = [read(policies[total], 'limitMs'), read(policies[attempt], 'limitMs')]
  const areKnown = typeof limit === 'number' && typeof attemptLimit === 'number'
  return areKnown && attemptLimit >= limit ? [attempt, total] : undefined
}

function attemptTimeoutOutsideQueue(policies: Policies): Positions {
  const attempt = policies.findLastIndex(isAttemptTimeout)
  const queue = policies.findIndex(
    (policy, index) =>
      policy.kind === 'bulkhead' && index > attempt && Number(read(policy, 'queueLimit')) > 0,
  )
  return attempt >= 0 && queue >= 0 ? [attempt, queue] : undefined
}

function fallbackInsideTotalTimeout(policies: Policies): Positions {
  const total = policies.findIndex(isTotalTimeout)
  const isCovered = policies.slice(0, total).some(({ kind }) => kind === 'fallback')
  if (total < 0 || isCovered) return undefined
  const [fallback] = inside(policies.slice(total), 'fallback', 'timeout') ?? []
  return fallback === undefined ? undefined : [fallback + total, total]
}
