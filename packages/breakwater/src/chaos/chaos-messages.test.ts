import { expect, it } from 'vitest'
import { ResilienceError } from '../faults/resilience-error.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { isInjectedFaultError } from './chaos-errors.ts'
import { chaos } from './chaos.ts'
import { behavior } from './faults/behavior.ts'
import { fault } from './faults/fault.ts'
import { latency } from './faults/latency.ts'
import { outcome } from './faults/outcome.ts'
import { resolveSchedule } from './schedule.ts'

const now = (): number => 0

it('isInjectedFaultError() knows a fault of chaos from other errors of ours', async () => {
  const storm = chaos({ isEnabled: true, faults: [fault({ rate: 1 })] })
  const injected = await storm.run(() => 1).catch((error: unknown) => error)
  const values = [
    injected,
    new ResilienceError('late', { code: 'TIMEOUT' }),
    { code: 'CHAOS_FAULT' },
    undefined,
  ]

  expect(values.map((value) => isInjectedFaultError(value))).toEqual([true, false, false, false])
})

it('faults are named after their types when nothing else is said', () => {
  const made = [fault(), latency(), outcome({ value: () => 1 }), behavior({ run: () => 1 })]

  expect(made.map(({ name }) => name)).toEqual(['fault', 'latency', 'outcome', 'behavior'])
  expect(chaos({ faults: made })).toMatchObject({ kind: 'chaos', name: 'chaos' })
})

it.each([
  [
    () => behavior({ run: 1 as never }),
    "Cannot create chaos behavior as 'run' must be a function: current value is 1",
  ],
  [
    () => outcome({ value: 1 as never }),
    "Cannot create chaos outcome as 'value' must be a function: current value is 1",
  ],
  [() => fault({ error: 1 as never }), "Cannot create chaos fault as 'error' must be a function"],
  [() => behavior({ run: () => 1, rate: 2 }), "Cannot create chaos behavior as 'rate'"],
  [() => outcome({ value: () => 1, rate: 2 }), "Cannot create chaos outcome as 'rate'"],
  [() => fault({ rate: 2 }), "Cannot create chaos fault as 'rate'"],
  [() => fault({ keys: 1 as never }), "Cannot create chaos fault as 'keys'"],
  [() => fault({ keys: ['a', 7 as never] }), "Cannot create chaos fault as 'keys' must be a list of names"],
  [() => fault({ rat: 1 } as never), "Cannot create chaos fault as 'rat' is not an option of it"],
  [() => latency({ rat: 1 } as never), "Cannot create chaos latency as 'rat' is not an option of it"],
  [() => outcome({ rat: 1 } as never), "Cannot create chaos outcome as 'rat' is not an option of it"],
  [() => behavior({ rat: 1 } as never), "Cannot create chaos behavior as 'rat' is not an option of it"],
  [() => latency({ ms: -1 }), "Cannot create chaos latency as 'ms'"],
  [() => latency({ jitterMs: -1 }), "Cannot create chaos latency as 'jitterMs'"],
  [() => latency({ jitterMs: 86_400_001 }), "Cannot create chaos latency as 'jitterMs'"],
  [() => resolveSchedule({ until: 'soon' }), "Cannot create chaos schedule as 'until'"],
  [() => resolveSchedule({ everyMs: 0.5 }), "Cannot create chaos schedule as 'everyMs'"],
  [() => resolveSchedule({ from: true as never }), "Cannot create chaos schedule as 'from'"],
  [() => chaos({ faults: [], random: {} as never }), "Cannot create chaos as 'random.next'"],
  [() => chaos({ faults: [], clock: {} as never }), "Cannot create chaos as 'clock.now'"],
  [() => chaos({ faults: [], clock: { now } as never }), "Cannot create chaos as 'clock.epochNow'"],
  [
    () => chaos({ faults: [], clock: { now, epochNow: now } as never }),
    "Cannot create chaos as 'clock.setTimer'",
  ],
  [() => chaos({ faults: [], isEnabled: null as never }), "Cannot create chaos as 'isEnabled'"],
  [
    () => chaos({ faults: [null as never] }),
    'Cannot create chaos as a fault must be an object: current value is null',
  ],
  [
    () => chaos({ faults: ['fault' as never] }),
    'Cannot create chaos as a fault must be an object: current value is fault',
  ],
])('wrong options are refused by field and value: %#', (make, message) => {
  expect(make).toThrow(message)
})

it('a function that says true turns chaos on', async () => {
  const storm = chaos({ isEnabled: () => true, faults: [outcome({ rate: 1, value: () => 'harmed' })] })

  expect(await storm.run(() => 'fine')).toBe('harmed')
})

it('chaos draws the edge of a rate as not hit', async () => {
  const storm = chaos({ isEnabled: true, random: { next: () => 0.5 }, faults: [fault({ rate: 0.5 })] })

  expect(await storm.run(() => 'fine')).toBe('fine')
})

it('an error of a fault comes after a latency too, and a function that throws fails the call', async () => {
  using clock = new FakeClock()
  const boom = new Error('boom')
  const broken = fault({
    rate: 1,
    error: () => {
      throw boom
    },
  })
  const storm = chaos({ isEnabled: true, clock, faults: [latency({ rate: 1, ms: 5 }), broken] })
  const failing = expect(storm.run(() => 1)).rejects.toBe(boom)
  await clock.advance(5)

  await failing
})
