import type { LabFault, LabFaultOrder, LabSecond, LabView } from 'breakwater/protocol'
import { noise } from './noise.ts'
import { isBroken, type World } from './world.ts'

/** A pretended lab: faults start and stop, but break nothing. */
export interface MockLab {
  view(now: number): LabView
  start(order: LabFaultOrder, now: number): LabFault
  stop(id: string | null): void
  tour(isOn: boolean): void
}

const steps = [
  ['Payments answers errors', 'Half of the answers are 503. Watch the breaker open and the fallback answer.'],
  ['Payments hangs', 'Requests are never answered; the timeout ends them.'],
  ['Inventory is slow', 'Answers come two seconds late; the bulkhead keeps the rest alive.'],
  ['Recommendations is killed', 'The process is gone; pages come without recommendations.'],
] as const

/** Creates the lab of a pretended fleet. */
export function createMockLab(world: World): MockLab {
  let faults: LabFault[] = []
  let isRunning = false
  let made = 0
  return {
    view: (now) => ({
      at: now,
      ratePerSecond: 40,
      targets: ['payments', 'inventory', 'recommendations'].map((name, i) => ({
        name,
        isUp: true,
        pid: 4_811 + i,
        restarts: i,
      })),
      faults: faults.filter(({ endsAt }) => endsAt > now),
      sides: [side(world, 'protected', now), side(world, 'unprotected', now)],
      tour: {
        isRunning,
        steps: steps.map(([title, text], i) => ({
          title,
          text,
          state: isRunning && i < 2 ? (i === 0 ? 'done' : 'running') : 'waiting',
        })),
      },
    }),
    start(order, now) {
      const fault = {
        ratio: 1,
        latencyMs: 2_000,
        status: 503,
        durationMs: 30_000,
        ...order,
        id: `f${++made}`,
        startedAt: now,
      }
      const started = { ...fault, endsAt: now + fault.durationMs }
      faults.push(started)
      return started
    },
    stop(id) {
      faults = id === null ? [] : faults.filter((fault) => fault.id !== id)
    },
    tour(isOn) {
      isRunning = isOn
    },
  }
}

function side(world: World, name: 'protected' | 'unprotected', now: number): LabView['sides'][0] {
  const first = Math.floor(now / 1000) * 1000 - 299_000
  const seconds = Array.from({ length: 300 }, (_unused, i) => second(world, name, first + i * 1000))
  const errors = seconds.reduce((total, each) => total + each.errors, 0)
  return {
    name,
    requests: 36_120,
    full: 31_000,
    degraded: name === 'protected' ? 5_010 : 0,
    errors: 110 + errors,
    dropped: 0,
    seconds,
  }
}

function second(world: World, name: 'protected' | 'unprotected', at: number): LabSecond {
  const requests = 36 + Math.round(8 * noise('rate', at / 1000))
  const bad = isBroken(world, at) ? Math.round(requests * (0.3 + 0.12 * noise('bad', at / 1000))) : 0
  const isProtected = name === 'protected'
  const errors = isProtected ? Math.round(bad * 0.02) : bad
  const degraded = isProtected ? bad - errors : 0
  const p50 = 8 + 3 * noise(name, at / 1000)
  const p95 = p50 * (bad > 0 && !isProtected ? 60 : 2.4)
  return { at, requests, full: requests - errors - degraded, degraded, errors, p50, p95, p99: p95 * 1.4 }
}
