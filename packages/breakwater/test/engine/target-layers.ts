import { balancer } from '../../src/balancer/balancer.ts'
import { chaos } from '../../src/chaos/chaos.ts'
import type { BehaviorCall, ChaosCall } from '../../src/chaos/chaos-call.ts'
import type { ChaosFaultFields } from '../../src/chaos/faults/chaos-faults.ts'
import { circuitBreaker } from '../../src/circuit-breaker/circuit-breaker.ts'
import type { CircuitBreakerOptions } from '../../src/circuit-breaker/circuit-breaker-options.ts'
import { keyedCircuitBreaker } from '../../src/registry/keyed-circuit-breaker.ts'
import type { Layer, LayerWorld } from './layer.ts'
import type { ChaosPlan, PlanOf } from './layer-plans.ts'

/** The lease of a trial is so long that one that leaked still holds its place at the end. */
const leaseMs = 86_400_000
const places = ['north', 'east', 'south'] as const
const ramp = { steps: [0.3, 0.6], stepMs: 30, minimumCalls: 2 }

/** Policies that stand for what a call goes to. */
export const targetLayers = {
  breaker: (plan: PlanOf<'breaker'>, world: LayerWorld): Layer => {
    const policy = circuitBreaker({
      ...breakerOptions(world),
      ...windowOf(plan),
      halfOpenLimit: plan.halfOpenLimit,
      ...(plan.ramps ? { ramp } : {}),
    })
    const { admitted } = policy
    const leftovers = (): (string | false)[] => {
      policy.setOverride('automatic')
      return [policy.tryAcquire() === undefined && 'a breaker admits no trial']
    }
    const turn = (step: number): void => {
      if (step % 4 === 0) policy.reset()
      else if (step % 4 === 1) policy.dependencyHealthy()
      else policy.setOverride(step % 4 === 2 ? 'forced-open' : 'automatic')
    }
    return { policy, codes: ['CIRCUIT_OPEN'], admitted: () => policy.admitted - admitted, leftovers, turn }
  },

  keyedBreaker: (plan: PlanOf<'keyedBreaker'>, world: LayerWorld): Layer => {
    const { failures, maxKeys, onFull } = plan
    const policy = keyedCircuitBreaker({
      ...{ ...breakerOptions(world), consecutiveFailures: failures, maxKeys, onFull },
      keyOf: ({ key }) => {
        world.meddle()
        return key ?? ''
      },
      optionsOf: () => {
        world.meddle()
        return undefined
      },
      onKeyEvent: () => world.meddle(),
    })
    const leftovers = (): (string | false)[] =>
      ['', 'red', 'blue'].map(
        (key) =>
          policy.peek(key) !== undefined && policy.tryAcquire(key) === undefined && `no trial for '${key}'`,
      )
    return { policy, codes: ['CIRCUIT_OPEN'], admitted: () => policy.admitted, leftovers }
  },

  balancer: (plan: PlanOf<'balancer'>, world: LayerWorld): Layer => {
    const { strategy, discovery } = plan
    const endpoints = places.slice(0, plan.endpoints)
    const discover = (): readonly string[] | Promise<readonly string[]> => {
      world.meddle()
      return world.answerBy(discovery ?? { how: 'value', ms: 0 }, places, new Error('nobody knows'))
    }
    const policy = balancer({
      ...{ strategy, endpoints, clock: world.clock, random: world.random },
      ...(discovery === undefined ? {} : { discover, discoverEveryMs: 50, discoverTimeoutMs: 60 }),
      outlierEjection: {
        consecutiveFailures: 2,
        baseEjectionMs: 20,
        maxEjectionMs: 60,
        maxEjectedRatio: 0.7,
      },
      slowStart: { windowMs: 30 },
      isFailure: () => {
        world.meddle()
        return true
      },
      onEvent: () => world.meddle(),
    })
    return {
      policy,
      codes: ['NO_ENDPOINT'],
      leftovers: () =>
        policy.explain().endpoints.map(({ id, inFlight }) => inFlight > 0 && `${id} is in use`),
      turn: (step) => turnEndpoint(policy, step),
    }
  },

  chaos: (plan: PlanOf<'chaos'>, world: LayerWorld): Layer => {
    const rate = ({ args: [id] }: ChaosCall): number => {
      world.meddle(id as number)
      return plan.rate
    }
    const faults = plan.faults.map((own) => ({ ...faultOf(own, world), rate }))
    const policy = chaos({ isEnabled: true, faults, onEvent: () => world.meddle() })
    return { policy, codes: [] }
  },
} as const

function breakerOptions(world: LayerWorld): Omit<CircuitBreakerOptions, 'restore' | 'healthProbe'> {
  const isFailure = (): boolean => {
    world.meddle()
    return true
  }
  return {
    ...{ openMs: 25, maxOpenMs: 100, jitter: 0, trialLeaseMs: leaseMs },
    ...{ isFailure, onEvent: () => world.meddle(), clock: world.clock, random: world.random },
  }
}

function windowOf({ failures, window }: PlanOf<'breaker'>): CircuitBreakerOptions {
  if (window === 'in-a-row') return { consecutiveFailures: failures }
  if (window === 'calls') return { minimumCalls: failures, windowCalls: failures * 2 }
  return { minimumCalls: failures, windowMs: 200, slowCallMs: 20 }
}

function faultOf(plan: ChaosPlan, world: LayerWorld): ChaosFaultFields {
  const { type, ms } = plan
  if (type === 'latency') return { type, ms }
  if (type === 'fault') {
    return {
      type,
      error: ({ args: [id] }) => world.owned(id as number, new Error(`chaos for ${String(id)}`)),
    }
  }
  if (type === 'outcome') {
    return { type, value: ({ args: [id] }) => world.valueFor(id as number, `chaos ${String(id)}`) }
  }
  const run = ({ args: [id], signal }: BehaviorCall): unknown => {
    world.meddle(id as number)
    signal.addEventListener('abort', () => world.meddleQuietly(id as number), { once: true })
    return world.answerBy(plan, undefined, world.owned(id as number, new Error(`behaved for ${String(id)}`)))
  }
  return { type, run }
}

function turnEndpoint(
  policy: { add(id: string): void; remove(id: string): boolean; drain(id: string): Promise<void> } & {
    markHealthy(id: string): void
    markUnhealthy(id: string): void
  },
  step: number,
): void {
  const place = places[step % places.length] as string
  if (step % 5 === 0) policy.remove(place)
  else if (step % 5 === 1) void policy.drain(place)
  else if (step % 5 === 2) policy.markUnhealthy(place)
  else if (step % 5 === 3) policy.markHealthy(place)
  else policy.add(place)
}
