import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Gate, moduleNamed, tasksBulkhead } from '../../../test/fixtures/tasks-bulkhead.ts'
import { systemClock } from '../../clock/system-clock.ts'
import { FakeClock } from '../../testing/fake-clock.ts'
import { isTimeoutError } from '../../timeout/timeout-errors.ts'
import { workerBulkhead } from './worker-bulkhead.ts'
import type { WorkerBulkhead } from './worker-bulkhead-api.ts'
import { isWorkerLostError } from './worker-bulkhead-errors.ts'
import type { WorkerBulkheadEvent } from './worker-bulkhead-events.ts'
import type { WorkerBulkheadOptions } from './worker-bulkhead-options.ts'

type Tasks = typeof import('../../../test/fixtures/tasks.ts')

function open(options: Omit<WorkerBulkheadOptions, 'module'> = {}): WorkerBulkhead<Tasks> {
  const bulkhead = tasksBulkhead(options)
  onTestFinished(() => bulkhead.close({ graceMs: 0 }))
  return bulkhead
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no error',
    (error: unknown) => error,
  )
}

describe('workerBulkhead() when workers are lost', () => {
  it('kills an endless loop at timeoutMs: the loop stops, and the next task gets a new worker', async () => {
    const events: WorkerBulkheadEvent[] = []
    const workers = open({ timeoutMs: 100, onEvent: (event) => events.push(event) })
    const gate = new Gate()

    const error = await errorOf(workers.run('spin', gate.memory))
    const next = await workers.run('double', 4)
    const turns = gate.turns
    await workers.run('count', 100_000)

    expect(isTimeoutError(error)).toBe(true)
    expect(error).toMatchObject({ operation: 'spin', limitMs: 100, policy: 'worker-bulkhead' })
    expect(next).toBe(8)
    expect(turns).toBeGreaterThan(0)
    expect(gate.turns).toBe(turns)
    expect(events.map(({ type }) => type)).toEqual(['WorkerStarted', 'WorkerLost', 'WorkerStarted'])
    expect(workers.stats().counters).toMatchObject({ timedOut: 1, failed: 1, lost: 1, completed: 2 })
  })

  it('a worker over its memory limit dies, its task fails, another worker takes over', async () => {
    const workers = open({ memoryLimitMb: 24 })

    const error = await errorOf(workers.run('hog', undefined))

    expect(isWorkerLostError(error)).toBe(true)
    expect(error).toMatchObject({
      reason: 'memory',
      task: 'hog',
      cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' },
    })
    expect(await workers.run('double', 4)).toBe(8)
  })

  it('process.exit() in a task ends its worker only', async () => {
    const workers = open()

    const error = await errorOf(workers.run('leave', 4))

    expect(error).toMatchObject({ code: 'WORKER_LOST', reason: 'exit', exitCode: 4 })
    expect(await workers.run('double', 4)).toBe(8)
  })

  it('an error that nothing caught fails the task of that worker with it, and no other', async () => {
    const workers = open({ size: 2 })
    await workers.warmUp()
    const gate = new Gate()
    const innocent = workers.run('hold', gate.memory)

    const error = await errorOf(workers.run('crash', undefined))
    gate.open()

    expect(error).toMatchObject({
      reason: 'crash',
      cause: { name: 'RangeError', message: 'nobody catches this' },
    })
    expect(await innocent).toBe('let go')
  })

  it('abort kills the worker of a running task, with the reason of the signal', async () => {
    const workers = open()
    const gate = new Gate()
    const controller = new AbortController()
    const spinning = errorOf(workers.run('spin', gate.memory, { signal: controller.signal }))
    await gate.entered()

    controller.abort(new Error('enough'))

    expect(await spinning).toMatchObject({ message: 'enough' })
    expect(await workers.run('double', 1)).toBe(2)
    const turns = gate.turns
    await workers.run('count', 100_000)
    expect(gate.turns).toBe(turns)
    expect(workers.stats().counters).toMatchObject({ aborted: 1, timedOut: 0 })
  })

  it('abort takes a waiting task out of the queue, and the worker goes on', async () => {
    const workers = open()
    const [gate, other] = [new Gate(), new Gate()]
    const controller = new AbortController()
    const first = workers.run('hold', gate.memory)
    const second = errorOf(workers.run('hold', other.memory, { signal: controller.signal }))

    controller.abort('changed my mind')
    const reason = await second
    gate.open()

    expect([reason, await first]).toEqual(['changed my mind', 'let go'])
    expect([workers.queued, other.turns, workers.stats().counters['lost']]).toEqual([0, 0, 0])
  })

  it('run() with an aborted signal starts no worker', async () => {
    const workers = open()

    expect(await errorOf(workers.run('double', 1, { signal: AbortSignal.abort('no') }))).toBe('no')

    expect(workers.workers).toBe(0)
  })

  it('a module that cannot be loaded fails its tasks with the reason', async () => {
    const workers = workerBulkhead({ module: moduleNamed('broken-tasks'), size: 1 })
    onTestFinished(() => workers.close({ graceMs: 0 }))

    const errors = await Promise.all([errorOf(workers.run('never', 1)), errorOf(workers.run('never', 2))])

    const expected = { reason: 'start', task: 'never', cause: { message: 'this module is broken' } }
    expect(errors).toMatchObject([expected, expected])
    expect(await errorOf(workers.warmUp())).toMatchObject({ reason: 'start' })
  })

  it('a module that does not load in time fails its tasks', async () => {
    const workers = workerBulkhead({ module: moduleNamed('slow-tasks'), size: 1, startTimeoutMs: 50 })
    onTestFinished(() => workers.close({ graceMs: 0 }))

    const error = await errorOf(workers.run('never', 1))

    expect(error).toMatchObject({
      reason: 'start',
      cause: { message: 'The worker was not ready after 50 ms' },
    })
  })

  it('replaces the first lost worker at once and later ones with a wait that doubles up to maxBackoffMs', async () => {
    const waits: number[] = []
    const onEvent = (event: WorkerBulkheadEvent): void => {
      if (event.type === 'WorkerLost') waits.push(Math.round(event.backoffMs))
    }
    const clock = new FakeClock()
    const workers = open({ clock, random: { next: () => 1 }, maxBackoffMs: 150, onEvent })
    const lose = async (): Promise<void> => {
      await errorOf(workers.run('leave', 1))
      await vi.waitFor(() => expect(workers.workers).toBe(0))
      await clock.advance(150)
    }

    await lose()
    await lose()
    await lose()
    await lose()

    expect(waits).toEqual([0, 50, 100, 150])
  })

  it('keeps minSize workers and ends others that had nothing to do for idleMs', async () => {
    const clock = new FakeClock()
    const workers = open({ clock, size: 2, minSize: 1, idleMs: 1_000 })
    await workers.warmUp(2)

    await clock.advance(999)
    const before = workers.idle
    await clock.advance(1)
    await vi.waitFor(() => expect(workers.workers).toBe(1), { timeout: 5_000 })

    expect(before).toBe(2)
    expect(workers.stats().counters).toMatchObject({ retired: 1, lost: 0 })
  })

  it('idle workers do not keep the process alive', async () => {
    const path = fileURLToPath(new URL('../../../test/processes/idle-workers.ts', import.meta.url))
    const startedAt = systemClock.now()

    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=breakwater-source', path], {
      timeout: 9_000,
    })

    expect(stdout).toBe('42, 2 idle')
    expect(systemClock.now() - startedAt).toBeLessThan(9_000)
  })
})
