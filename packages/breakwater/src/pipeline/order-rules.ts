import type { Policy } from './policy.ts'

type Policies = readonly Policy<unknown>[]

/** One known mistake of order. */
export interface OrderRule {
  readonly name: string
  /** What happens, and what to do instead. */
  readonly message: string
  /** The positions that make the mistake, or undefined when it is not made. */
  readonly find: (policies: Policies) => readonly number[] | undefined
}

/** The known mistakes, worst first. */
export const orderRules: readonly OrderRule[] = [
  {
    name: 'fallback-inside-retry',
    message:
      'The fallback answers before the retry sees a failure, so nothing is ever retried: put the fallback outside',
    find: (policies) => inside(policies, 'fallback', 'retry'),
  },
  {
    name: 'fallback-inside-breaker',
    message:
      'The fallback turns failures into answers before the circuit breaker sees them, so it never opens: put the fallback outside',
    find: (policies) => inside(policies, 'fallback', 'circuit-breaker'),
  },
  {
    name: 'retry-inside-retry',
    message: 'Two retries multiply: 3 by 3 are 16 attempts on a dependency that is down. Keep one',
    find: (policies) => inside(policies, 'retry', 'retry'),
  },
  {
    name: 'no-attempt-timeout',
    message:
      'Only the whole call is limited: one hung attempt uses up all the time and nothing is retried. Add timeout({ ms }) innermost',
    find: (policies) => missing(policies, { with: isTotalTimeoutOutsideRetry, without: isAttemptTimeout }),
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
    name: 'retry-without-budget',
    message:
      'The retry has no budget over a shared dependency: when that is down all callers together multiply its load. Give it a retryBudget',
    find: retryWithoutBudget,
  },
  {
    name: 'breaker-outside-retry',
    message:
      'The circuit breaker sees one outcome for several attempts and cannot stop those in between: put it inside the retry',
    find: (policies) => inside(policies, 'retry', 'circuit-breaker'),
  },
  {
    name: 'bulkhead-outside-retry',
    message: 'The slot is held while the retry waits between attempts: put the bulkhead inside the retry',
    find: (policies) => inside(policies, 'retry', 'bulkhead'),
  },
  {
    name: 'limiter-outside-retry',
    message: 'Retries are not counted by the rate limiter: put it inside the retry',
    find: (policies) => inside(policies, 'retry', 'rate-limiter'),
  },
  {
    name: 'cache-inside-retry',
    message:
      'The cache answers failures with what is stale, so nothing is retried: put the cache outside the retry',
    find: (policies) => inside(policies, 'cache', 'retry'),
  },
  {
    name: 'chaos-not-innermost',
    message: 'Faults are injected outside of policies that are to be tested by them: put chaos innermost',
    find: chaosNotInnermost,
  },
]

/** The first pair in which a policy of kind `inner` stands inside one of kind `outer`: inner position first. */
function inside(policies: Policies, inner: string, outer: string): readonly number[] | undefined {
  const out = policies.findIndex(({ kind }) => kind === outer)
  const position = policies.findIndex(({ kind }, index) => kind === inner && index > out)
  return out >= 0 && position > out ? [position, out] : undefined
}

interface Requirement {
  readonly with: (policies: Policies, index: number) => boolean
  readonly without: (policy: Policy<unknown>) => boolean
}

function missing(policies: Policies, requirement: Requirement): readonly number[] | undefined {
  const position = policies.findIndex((_, index) => requirement.with(policies, index))
  return position >= 0 && !policies.some(requirement.without) ? [position] : undefined
}

function isTotalTimeoutOutsideRetry(policies: Policies, index: number): boolean {
  const policy = policies[index]
  return (
    policy !== undefined &&
    isTotalTimeout(policy) &&
    policies.slice(index).some(({ kind }) => kind === 'retry')
  )
}

function unboundedTotal(policies: Policies): readonly number[] | undefined {
  const position = policies.findIndex(
    (policy) => policy.kind === 'retry' && read(policy, 'hasTotalLimit') !== true,
  )
  if (position < 0 || policies.slice(0, position).some(isTimeout)) return undefined
  return [position]
}

function attemptNotShorter(policies: Policies): readonly number[] | undefined {
  const total = policies.findIndex(isTotalTimeout)
  const attempt = policies.findIndex((policy, index) => isAttemptTimeout(policy) && index > total)
  if (total < 0 || attempt < 0) return undefined
  const [limit, attemptLimit] = [limitOf(policies[total]), limitOf(policies[attempt])]
  return attemptLimit >= limit ? [attempt, total] : undefined
}

function retryWithoutBudget(policies: Policies): readonly number[] | undefined {
  const position = policies.findIndex(
    (policy) => policy.kind === 'retry' && read(policy, 'hasBudget') === false,
  )
  const isShared = policies.some(
    ({ kind }) => kind === 'circuit-breaker' || kind === 'bulkhead' || kind === 'balancer',
  )
  return position >= 0 && isShared ? [position] : undefined
}

function chaosNotInnermost(policies: Policies): readonly number[] | undefined {
  const position = policies.findIndex(({ kind }) => kind === 'chaos')
  const isFollowed = policies.slice(position + 1).some(({ kind }) => kind !== 'chaos')
  return position >= 0 && isFollowed ? [position] : undefined
}

function isTimeout(policy: Policy<unknown>): boolean {
  return policy.kind === 'timeout'
}

function isTotalTimeout(policy: Policy<unknown>): boolean {
  return isTimeout(policy) && read(policy, 'scope') === 'total'
}

function isAttemptTimeout(policy: Policy<unknown>): boolean {
  return isTimeout(policy) && read(policy, 'scope') === 'attempt'
}

function limitOf(policy: Policy<unknown> | undefined): number {
  const limit = policy === undefined ? undefined : read(policy, 'limitMs')
  return typeof limit === 'number' ? limit : Number.NaN
}

/** A fact that policies of some kinds have; undefined for those of other makes. */
function read(policy: Policy<unknown>, fact: string): unknown {
  return Reflect.get(policy, fact)
}
