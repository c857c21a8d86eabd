import { adaptiveThrottle } from '../../src/adaptive-throttle/adaptive-throttle.ts'
import { bulkhead } from '../../src/bulkhead/bulkhead.ts'
import { aimd } from '../../src/concurrency-limiter/aimd.ts'
import { concurrencyLimiter } from '../../src/concurrency-limiter/concurrency-limiter.ts'
import { gradient2 } from '../../src/concurrency-limiter/gradient2.ts'
import { vegas } from '../../src/concurrency-limiter/vegas.ts'
import { rateLimiter } from '../../src/rate-limiter/rate-limiter.ts'
import type { Layer, LayerWorld } from './layer.ts'
import type { PlanOf } from './layer-plans.ts'

const algorithms = { aimd, vegas, gradient2 }

/** Policies that let only so many in. */
export const limitLayers = {
  bulkhead: (plan: PlanOf<'bulkhead'>, world: LayerWorld): Layer => {
    const { limit, queue, order, maxWaitMs, hasTiers, hasBreach } = plan
    const onEvent = (): void => world.meddle()
    const tierOf = (): string => {
      world.meddle()
      return world.random.next() < 0.5 ? 'gold' : 'other'
    }
    const policy = bulkhead({
      ...{ limit, order, maxWaitMs, onEvent, targetMs: 2, intervalMs: 10, maxOvertakes: 2 },
      ...(hasTiers ? { queue: Math.max(queue, 2), tiers: { gold: 0.5, other: 0.3 }, tierOf } : { queue }),
      ...(hasBreach ? { breach: { maxHoldMs: 20, mitigation: 'lower-limit', onEvent } } : {}),
    })
    return {
      policy,
      codes: ['BULKHEAD_FULL'],
      admitted: () => policy.admitted,
      leftovers: () => [
        policy.active > 0 && `a bulkhead holds ${policy.active} slots`,
        policy.queued > 0 && `a bulkhead holds ${policy.queued} in its queue`,
        policy.abandoned !== 0 && `a bulkhead holds ${policy.abandoned} abandoned`,
        policy.tiers.some(({ active, queued }) => active > 0 || queued > 0) && 'a tier is in use',
      ],
      turn: (step) => (policy.limit = [limit, 1, limit + 2][step % 3] as number),
    }
  },

  rateLimiter: (plan: PlanOf<'rateLimiter'>, world: LayerWorld): Layer => {
    const { algorithm, limit, queue, maxWaitMs, maxKeys } = plan
    const policy = rateLimiter({
      ...{ algorithm, limit, queue, maxWaitMs, maxKeys, intervalMs: 20, clock: world.clock },
      cost: () => {
        world.meddle()
        return 1
      },
      keyOf: ({ key }) => {
        world.meddle()
        return key ?? ''
      },
      onEvent: () => world.meddle(),
    })
    const leftovers = (): (string | false)[] => [policy.queued > 0 && `${policy.queued} wait for a rate`]
    return { policy, codes: ['RATE_LIMITED'], admitted: () => policy.admitted, leftovers }
  },

  concurrencyLimiter: (plan: PlanOf<'concurrencyLimiter'>, world: LayerWorld): Layer => {
    const { algorithm, limit, queue, order, maxWaitMs, hasShares } = plan
    const weighs = (): boolean => {
      world.meddle()
      return world.random.next() < 0.3
    }
    const policy = concurrencyLimiter({
      ...{ algorithm: algorithms[algorithm](), initialLimit: limit, minLimit: 1, maxLimit: 20 },
      ...{ queue, order, maxWaitMs, isDrop: weighs, isIgnored: weighs },
      ...(hasShares ? { shares: { high: 0.3, critical: 0.4 } } : {}),
      ...{ onEvent: () => world.meddle(), clock: world.clock, random: world.random },
    })
    return {
      policy,
      codes: ['CONCURRENCY_LIMITED'],
      admitted: () => policy.admitted,
      leftovers: () => [
        policy.active > 0 && `a concurrency limiter holds ${policy.active} places`,
        policy.queued > 0 && `a concurrency limiter holds ${policy.queued} in its queue`,
      ],
    }
  },

  throttle: ({ k }: PlanOf<'throttle'>, world: LayerWorld): Layer => {
    const policy = adaptiveThrottle({
      ...{ k, windowMs: 200, minimumCalls: 2, clock: world.clock, random: world.random },
      isRejection: () => {
        world.meddle()
        return true
      },
      onEvent: () => world.meddle(),
    })
    return { policy, codes: ['THROTTLED'], admitted: () => policy.admitted }
  },
} as const
