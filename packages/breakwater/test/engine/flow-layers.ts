import { cache } from '../../src/cache/cache.ts'
import { coalescing } from '../../src/coalescing/coalescing.ts'
import { fallback } from '../../src/fallback/fallback.ts'
import { hedge } from '../../src/hedge/hedge.ts'
import { fixed } from '../../src/retry/backoff.ts'
import { authentication } from '../../src/retry/authentication.ts'
import { retry } from '../../src/retry/retry.ts'
import type { RetryOptions } from '../../src/retry/retry-options.ts'
import { timeout } from '../../src/timeout/timeout.ts'
import type { TimeoutOptions } from '../../src/timeout/timeout-options.ts'
import type { Layer, LayerWorld } from './layer.ts'
import type { PlanOf } from './layer-plans.ts'
import { LevelProbe } from './level-probe.ts'

/** Policies that decide what runs, how often and how long. */
export const flowLayers = {
  probe: (_: PlanOf<'probe'>, world: LayerWorld): Layer => ({
    policy: new LevelProbe((what) => world.complain(what)),
    codes: [],
  }),

  fallback: (plan: PlanOf<'fallback'>, world: LayerWorld): Layer => {
    const onEvent = (): void => world.meddle()
    const handler = ({ args: [id], error }: { args: readonly unknown[]; error: unknown }): unknown => {
      const own = id as number
      world.meddle(own)
      const value = world.valueFor(own, `fallback for ${own}: ${String(error)}`)
      return world.answerBy(plan, value, world.owned(own, new Error(`fallback broke for ${own}`)))
    }
    return { policy: fallback(handler, { onEvent }), codes: [] }
  },

  timeout: (plan: PlanOf<'timeout'>, world: LayerWorld): Layer => {
    const policy = timeout({ ...limitOf(plan, world), onEvent: () => world.meddle() })
    const codes = ['TIMEOUT', 'DEADLINE_EXCEEDED']
    if (plan.flavour !== 'tracked') return { policy, codes }
    const leftovers = (): (string | false)[] => [policy.inFlight().length > 0 && 'a timeout tracks calls']
    const turn = (step: number): void => {
      const calls = policy.inFlight()
      const call = calls[step % Math.max(1, calls.length)]
      if (call !== undefined) policy.cancel(call.id, 'drill')
    }
    return { policy, codes: [...codes, 'CALL_CANCELLED'], leftovers, turn }
  },

  retry: (plan: PlanOf<'retry'>, world: LayerWorld): Layer => {
    const listeners = new Set<() => void>()
    const recovered = {
      subscribe: (listener: () => void): (() => void) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    const { maxRetries, delayMs, budget, flavour } = plan
    const policy = retry({
      ...{ maxRetries, ...world.budget(budget), backoff: fixed({ delayMs }) },
      retryOn: () => {
        world.meddle()
        return true
      },
      onEvent: () => world.meddle(),
      ...(flavour === 'recovery' ? { recovered, recoverySpreadMs: 3 } : {}),
      ...goingBy(plan, world),
    })
    return {
      policy,
      codes: ['REFRESH_TIMEOUT'],
      leftovers: () => [listeners.size > 0 && `${listeners.size} waits for a recovery are left`],
      turn: () => [...listeners].forEach((listener) => listener()),
    }
  },

  hedge: (plan: PlanOf<'hedge'>, world: LayerWorld): Layer => {
    const { maxHedges, onFailure } = plan
    const delay = plan.delay === 'percentile' ? { percentile: 0.5, maxMs: 20, minimumSamples: 2 } : plan.delay
    const policy = hedge({
      maxHedges,
      onFailure,
      delay,
      ...world.budget(plan.budget),
      onEvent: () => world.meddle(),
    })
    return { policy, codes: [] }
  },

  coalescing: ({ isShared }: PlanOf<'coalescing'>, world: LayerWorld): Layer => {
    const keyOf = ({ args }: { args: readonly unknown[] }): string => {
      world.meddle(args[0] as number)
      return world.keyOf(args, isShared)
    }
    const policy = coalescing({ keyOf })
    const leftovers = (): (string | false)[] => [policy.underWay > 0 && 'a flight is left']
    return { policy, codes: [], leftovers }
  },

  cache: (plan: PlanOf<'cache'>, world: LayerWorld): Layer => {
    const policy = cache({
      keyOf: ({ args }) => {
        world.meddle(args[0] as number)
        return world.keyOf(args, plan.isShared)
      },
      ...{ ttlMs: plan.ttlMs, staleWhileRevalidateMs: plan.staleMs, maxEntries: 5 },
      when: () => {
        world.meddle()
        return true
      },
      onEvent: () => world.meddle(),
    })
    return { policy, codes: [], turn: () => policy.clear() }
  },
} as const

function limitOf({ ms, flavour }: PlanOf<'timeout'>, world: LayerWorld): TimeoutOptions {
  if (flavour === 'totalMs') return { totalMs: ms }
  if (flavour === 'tracked') return { ms, track: true }
  if (flavour === 'adaptive') return { adaptive: { ceilingMs: ms, floorMs: 3, warmUpCalls: 2, factor: 1.5 } }
  if (flavour === 'ms') return { ms }
  const remainingMs = (): number => {
    world.meddle()
    return 40 - (world.clock.now() % 45)
  }
  return { ms, propagate: true, remainingMs }
}

function goingBy({ flavour, refresh }: PlanOf<'retry'>, world: LayerWorld): RetryOptions {
  const matches = (): boolean => {
    world.meddle()
    return true
  }
  const rule = { name: 'any', matches, maxRetries: 2, backoff: fixed({ delayMs: 3 }) }
  if (flavour === 'rule') return { rules: [rule] }
  if (flavour === 'rejections') return { retryRejections: true }
  if (flavour === 'total') return { totalMs: 30, remainingMs: () => 50 - (world.clock.now() % 60) }
  if (flavour !== 'refresh') return {}
  const { preparation } = authentication({
    refresh: () => {
      world.meddle()
      return world.answerBy(refresh, 'credentials', new Error('no credentials'))
    },
    refreshTimeoutMs: 60,
  })
  return { rules: [preparation === undefined ? rule : { ...rule, preparation }] }
}
