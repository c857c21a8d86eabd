import { describe, expect, it, onTestFinished } from 'vitest'
import { Gate, moduleNamed, tasksBulkhead } from '../../../test/fixtures/tasks-bulkhead.ts'
import { isBulkheadFullError } from '../../bulkhead/bulkhead-errors.ts'
import { workerBulkhead } from './worker-bulkhead.ts'
import type { WorkerBulkhead } from './worker-bulkhead-api.ts'
import { isWorkerBulkheadClosedError } from './worker-bulkhead-errors.ts'
import type { WorkerBulkheadOptions } from './worker-bulkhead-options.ts'

type Tasks = typeof import('../../../test/fixtures/tasks.ts')

function open(options: Omit<WorkerBulkheadOptions, 'module'> = {}): WorkerBulkhead<Tasks> {
  const bulkhead = tasksBulkhead(options)
  onTestFinished(() => bulkhead.close({ graceMs: 0 }))
  return bulkhead
}

describe('workerBulkhead()', () => {
  it('run() answers with what the function answers, from another thread', async () => {
    const workers = open()

    expect(await workers.run('double', 21)).toBe(42)
    expect(await workers.run('whereAmI', undefined)).toMatchObject({ isMainThread: false })
  })

  it('run() gives 100 tasks to 2 workers in order of arrival', async () => {
    const workers = open({ size: 2 })
    await workers.warmUp()
    const ofThread = new Map<number, number[]>()

    const runs = Array.from({ length: 100 }, async (_, i) => {
      const { threadId } = await workers.run('whereAmI', undefined)
      ofThread.set(threadId, [...(ofThread.get(threadId) ?? []), i])
    })
    await Promise.all(runs)

    const orders = [...ofThread.values()]
    expect(orders).toEqual(orders.map((order) => order.toSorted((a, b) => a - b)))
    expect(orders.flat()).toHaveLength(100)
    expect(workers.workers).toBe(2)
    expect(workers.stats().counters).toMatchObject({ admitted: 100, completed: 100, rejected: 0, started: 2 })
  })

  it('run() refuses at once beyond size + queue', async () => {
    const workers = open({ queue: 1 })
    const gate = new Gate()
    const [first, second] = [workers.run('hold', gate.memory), workers.run('double', 1)]

    const error = await workers.run('double', 2).catch((reason: unknown) => reason)
    gate.open()

    expect(isBulkheadFullError(error)).toBe(true)
    expect(error).toMatchObject({ reason: 'full', limit: 1 })
    expect(await Promise.all([first, second])).toEqual(['let go', 2])
    expect(workers.stats().counters['rejected']).toBe(1)
  })

  it('run() refuses a task that has waited for maxWaitMs, and it never runs', async () => {
    const workers = open({ maxWaitMs: 20 })
    await workers.warmUp()
    const gate = new Gate()
    const late = new Gate()
    const first = workers.run('hold', gate.memory)

    const error = await workers.run('hold', late.memory).catch((reason: unknown) => reason)
    gate.open()
    await first
    await workers.run('double', 1)

    expect(error).toMatchObject({ code: 'BULKHEAD_FULL', reason: 'waited' })
    expect(late.turns).toBe(0)
  })

  it('run() gives the error of the task with name, message, stack, code, fields and cause', async () => {
    const error = await open()
      .run('fail', undefined)
      .catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'RangeError', message: 'cannot render', code: 'RENDER', page: '7' })
    expect(error).toMatchObject({ stack: expect.stringContaining('tasks.ts') })
    expect(error).toMatchObject({ cause: { name: 'TypeError', message: 'the page is torn', code: 'TORN' } })
  })

  it('run() keeps the worker after a task that threw or answered with what cannot be copied', async () => {
    const workers = open()
    const before = (await workers.run('whereAmI', undefined)).threadId

    const errors = await Promise.allSettled([
      workers.run('fail', undefined),
      workers.run('unclonable', undefined),
    ])

    expect(errors).toMatchObject([{ reason: { name: 'RangeError' } }, { reason: { name: 'DataCloneError' } }])
    expect((await workers.run('whereAmI', undefined)).threadId).toBe(before)
  })

  it('run() rejects an input that cannot be copied, and the worker goes on', async () => {
    const workers = workerBulkhead({ module: moduleNamed('tasks'), size: 1 })
    onTestFinished(() => workers.close({ graceMs: 0 }))

    await expect(workers.run('double', () => 1)).rejects.toMatchObject({ name: 'DataCloneError' })

    expect(await workers.run('double', 2)).toBe(4)
    expect(workers.active).toBe(0)
  })

  it.each(['nothing', 'version', 'toString'])(
    'run() rejects %s, which is no function of the module',
    async (name) => {
      const workers = workerBulkhead({ module: moduleNamed('tasks'), size: 1 })
      onTestFinished(() => workers.close({ graceMs: 0 }))

      await expect(workers.run(name, 1)).rejects.toMatchObject({ name: 'TypeError', code: 'UNKNOWN_TASK' })
    },
  )

  it('run() moves what is to be transferred, there and back', async () => {
    const buffer = new ArrayBuffer(1_000)

    const filled = await open().run('fill', buffer, { transfer: [buffer] })

    expect(buffer.byteLength).toBe(0)
    expect(new Uint8Array(filled).every((byte) => byte === 7)).toBe(true)
    expect(filled.byteLength).toBe(1_000)
  })

  it('gives workers the environment it is told, and no other', async () => {
    const workers = open({ env: { COLOUR: 'green' } })

    expect(await workers.run('environment', 'COLOUR')).toBe('green')
    expect(await workers.run('environment', 'PATH')).toBeUndefined()
  })

  it('warmUp() resolves when so many workers are idle', async () => {
    const workers = open({ size: 2 })

    await workers.warmUp(2)

    expect([workers.idle, workers.workers]).toEqual([2, 2])
  })

  it('close() lets what waits and runs end, then the workers; later tasks are refused', async () => {
    const workers = open({ size: 1 })
    const gate = new Gate()
    const [first, second] = [workers.run('hold', gate.memory), workers.run('double', 4)]

    const closed = workers.close()
    const error = await workers.run('double', 5).catch((reason: unknown) => reason)
    gate.open()
    await closed

    expect(isWorkerBulkheadClosedError(error)).toBe(true)
    expect(await Promise.all([first, second])).toEqual(['let go', 8])
    expect(workers.workers).toBe(0)
  })

  it('close() kills what still runs after the time of grace', async () => {
    const workers = open()
    const gate = new Gate()
    const runs = [workers.run('spin', gate.memory), workers.run('double', 4)]
    const ends = Promise.allSettled(runs)
    await gate.entered()

    await workers.close({ graceMs: 0 })

    expect(await ends).toMatchObject([
      { reason: { code: 'WORKER_BULKHEAD_CLOSED' } },
      { reason: { code: 'WORKER_BULKHEAD_CLOSED' } },
    ])
    expect([workers.workers, workers.active, workers.queued]).toEqual([0, 0, 0])
  })

  it.each<[Partial<WorkerBulkheadOptions>, string]>([
    [{ size: 0 }, "'size' must be an integer >= 1 and <= 1024: current value is 0"],
    [{ minSize: 2, size: 1 }, "'minSize' must be an integer >= 0 and <= 1: current value is 2"],
    [{ timeoutMs: 0 }, "'timeoutMs' must be a number > 0: current value is 0"],
    [{ module: './tasks.ts' }, "'module' must be a URL or an absolute path: current value is './tasks.ts'"],
  ])('refuses the options %o', (options, text) => {
    const create = (): unknown => workerBulkhead({ module: moduleNamed('tasks'), ...options })

    expect(create).toThrow(`Cannot create worker bulkhead as ${text}`)
  })
})
