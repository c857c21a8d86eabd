import { FakeClock } from 'breakwater/testing'
import { expect, test } from 'vitest'
import { type FaultBoard, faultBoard } from './fault-board.ts'
import { readFaultOrder } from './read-fault-order.ts'
import { type Tour, tour } from './tour.ts'
import { tourSteps } from './tour-steps.ts'

const steps = [
  { title: 'calm', text: '', seconds: 5, faults: [] },
  {
    title: 'outage',
    text: '',
    seconds: 10,
    faults: [{ target: 'payments', kind: 'hang', durationMs: 10_000 }],
  },
] as const

function makeTour(): { clock: FakeClock; board: FaultBoard; walk: Tour } {
  const clock = new FakeClock()
  const target = { setFaults: async () => undefined, kill: () => undefined, revive: async () => undefined }
  const board = faultBoard(new Map([['payments', target]]), clock)
  return { clock, board, walk: tour(steps, board, clock) }
}

const states = (walk: Tour): readonly string[] => walk.view.steps.map(({ state }) => state)

test('tour() goes through its steps by itself and starts their faults', async () => {
  const { clock, board, walk } = makeTour()

  walk.start()
  await clock.settle()
  const first = states(walk)
  await clock.advance(5_000)
  const second = states(walk)
  const faults = board.faults.map(({ kind }) => kind)
  await clock.advance(10_000)

  expect(first).toEqual(['running', 'waiting'])
  expect(second).toEqual(['done', 'running'])
  expect(faults).toEqual(['hang'])
  expect(states(walk)).toEqual(['done', 'done'])
  expect(walk.view.isRunning).toBe(false)
})

test('tour() takes its fault back when it is stopped', async () => {
  const { clock, board, walk } = makeTour()
  walk.start()
  await clock.advance(6_000)

  await walk.stop()

  expect(board.faults).toEqual([])
  expect(states(walk)).toEqual(['waiting', 'waiting'])
  clock.expectIdle()
})

test('tour() refuses to start while it runs', async () => {
  const { walk } = makeTour()
  walk.start()

  expect(() => walk.start()).toThrow('The tour is running already')
  await walk.stop()
})

test('tourSteps has only orders that the Lab accepts, each over within its step', () => {
  const orders = tourSteps.flatMap(({ faults, seconds }) =>
    faults.map((order) => ({ order: readFaultOrder(order), seconds })),
  )

  expect(orders.length).toBeGreaterThan(4)
  expect(orders.filter(({ order, seconds }) => order.durationMs > seconds * 1_000)).toEqual([])
})
