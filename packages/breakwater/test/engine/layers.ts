import { bulkhead } from '../../src/bulkhead/bulkhead.ts'
import { cache } from '../../src/cache/cache.ts'
import { circuitBreaker } from '../../src/circuit-breaker/circuit-breaker.ts'
import { coalescing } from '../../src/coalescing/coalescing.ts'
import { fallback } from '../../src/fallback/fallback.ts'
import { hedge } from '../../src/hedge/hedge.ts'
import type { Policy } from '../../src/pipeline/policy.ts'
import { fixed } from '../../src/retry/backoff.ts'
import { retry } from '../../src/retry/retry.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import { timeout } from '../../src/timeout/timeout.ts'
import { LevelProbe } from './level-probe.ts'
import type { LayerPlan } from './scenario.ts'

/** What the policies of a random pipeline need of the world around them. */
export interface LayerWorld {
  readonly clock: FakeClock
  complain(what: string): void
  meddle(own: number | undefined): void
  owned<T>(id: number, outcome: T): T
}

type PlanOf<Kind> = Extract<LayerPlan, { readonly kind: Kind }>

const dayMs = 86_400_000

/** Makes the policy that a plan describes; all its listeners and rules meddle. */
export function policyOf(layer: LayerPlan, world: LayerWorld): Policy<unknown> {
  const onEvent = (): void => world.meddle(undefined)
  switch (layer.kind) {
    case 'probe':
      return new LevelProbe((what) => world.complain(what))
    case 'fallback':
      return fallbackOf(layer, world)
    case 'timeout':
      return layer.scope === 'ms'
        ? timeout({ ms: layer.ms, onEvent })
        : timeout({ totalMs: layer.ms, onEvent })
    case 'retry':
      return retryOf(layer, world)
    case 'hedge':
      return hedge({ maxHedges: layer.maxHedges, delay: layer.delay, onEvent })
    case 'coalescing':
      return coalescing({ keyOf: ({ args: [id] }) => `${String(id)}` })
    case 'cache':
      return cacheOf(layer, world)
    case 'breaker':
      return breakerOf(layer, world)
    case 'bulkhead':
      return bulkhead({ limit: layer.limit, queue: layer.queue, onEvent })
  }
}

function fallbackOf({ how, ms }: PlanOf<'fallback'>, world: LayerWorld): Policy<unknown> {
  const onEvent = (): void => world.meddle(undefined)
  return fallback(
    ({ args: [id], error }) => {
      const own = id as number
      world.meddle(own)
      const value = world.owned(own, `fallback for ${own}: ${String(error)}`)
      const broken = world.owned(own, new Error(`fallback broke for ${own}`))
      if (how === 'value') return value
      if (how === 'throw') throw broken
      return new Promise((resolve, reject) => {
        world.clock.setTimer(ms, () => (how === 'resolve' ? resolve(value) : reject(broken)))
      })
    },
    { onEvent },
  )
}

function retryOf({ maxRetries, delayMs }: PlanOf<'retry'>, world: LayerWorld): Policy {
  const onEvent = (): void => world.meddle(undefined)
  const retryOn = (): boolean => {
    world.meddle(undefined)
    return true
  }
  return retry({ maxRetries, backoff: fixed({ delayMs }), retryOn, onEvent })
}

/** Answers are kept by call, so that each still belongs to its own. */
function cacheOf({ ttlMs, staleMs }: PlanOf<'cache'>, world: LayerWorld): Policy {
  const when = (): boolean => {
    world.meddle(undefined)
    return true
  }
  const onEvent = (): void => world.meddle(undefined)
  return cache({
    keyOf: ({ args: [id] }) => `${String(id)}`,
    ttlMs,
    staleWhileRevalidateMs: staleMs,
    when,
    onEvent,
  })
}

function breakerOf({ failures, halfOpenLimit }: PlanOf<'breaker'>, world: LayerWorld): Policy {
  const onEvent = (): void => world.meddle(undefined)
  const isFailure = (): boolean => {
    world.meddle(undefined)
    return true
  }
  const numbers = {
    consecutiveFailures: failures,
    halfOpenLimit,
    openMs: 25,
    maxOpenMs: 100,
    trialLeaseMs: dayMs,
  }
  return circuitBreaker({ ...numbers, jitter: 0, isFailure, onEvent, clock: world.clock })
}
