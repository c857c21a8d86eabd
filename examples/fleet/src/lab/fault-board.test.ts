import type { LabFault } from 'breakwater/protocol'
import { FakeClock } from 'breakwater/testing'
import { expect, test } from 'vitest'
import { type FaultBoard, faultBoard } from './fault-board.ts'
import { readFaultOrder } from './read-fault-order.ts'

/** A target that writes down what it is told. */
function notingTarget(): { log: string[]; board: FaultBoard; clock: FakeClock } {
  const clock = new FakeClock()
  const log: string[] = []
  const target = {
    setFaults: async (faults: readonly LabFault[]) => {
      log.push(`faults: ${faults.map(({ kind }) => kind).join(' ')}`)
    },
    kill: () => void log.push('kill'),
    revive: async () => void log.push('revive'),
  }
  return { log, clock, board: faultBoard(new Map([['payments', target]]), clock) }
}

const hang = readFaultOrder({ target: 'payments', kind: 'hang', durationMs: 5_000 })
const kill = readFaultOrder({ target: 'payments', kind: 'kill', durationMs: 5_000 })

test('faultBoard() puts a fault in force and takes it back when its time is over', async () => {
  const { board, clock, log } = notingTarget()

  const fault = await board.start(hang)
  await clock.advance(4_999)
  const before = board.faults
  await clock.advance(1)

  expect(fault.endsAt - fault.startedAt).toBe(5_000)
  expect(before).toEqual([fault])
  expect(board.faults).toEqual([])
  expect(log).toEqual(['faults: hang', 'faults: '])
})

test('faultBoard() tells a target all faults in force each time', async () => {
  const { board, log } = notingTarget()

  await board.start(hang)
  await board.start({ ...hang, kind: 'latency' })
  board.close()

  expect(log).toEqual(['faults: hang', 'faults: hang latency'])
})

test('faultBoard() kills the process and revives it at the end', async () => {
  const { board, clock, log } = notingTarget()

  await board.start(kill)
  await clock.advance(5_000)

  expect(log).toEqual(['kill', 'revive'])
})

test('faultBoard() refuses to kill what is down already', async () => {
  const { board } = notingTarget()
  await board.start(kill)

  await expect(board.start(kill)).rejects.toThrow('The service payments is down already')
  board.close()
})

test('faultBoard() ends a fault early, once', async () => {
  const { board, clock } = notingTarget()
  const { id } = await board.start(hang)

  const answers = [await board.end(id), await board.end(id)]

  expect(answers).toEqual([true, false])
  clock.expectIdle()
})

test('faultBoard() refuses more than 50 faults at once', async () => {
  const { board } = notingTarget()
  await Promise.all(Array.from({ length: 50 }, () => board.start(hang)))

  await expect(board.start(hang)).rejects.toThrow('There are 50 faults in force already')
  board.close()
})
