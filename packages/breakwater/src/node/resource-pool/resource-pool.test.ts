import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../testing/fake-clock.ts'
import { isResourceUnavailableError } from './resource-errors.ts'
import { resourcePool } from './resource-pool.ts'
import type { ResourcePool } from './resource-pool-api.ts'
import type { ResourcePoolEvent } from './resource-pool-events.ts'
import type { ResourcePoolOptions } from './resource-pool-options.ts'

interface Wire {
  readonly id: number
  isHealthy: boolean
}

interface Scene {
  readonly clock: FakeClock
  readonly pool: ResourcePool<Wire>
  readonly made: Wire[]
  readonly destroyed: number[]
  readonly events: ResourcePoolEvent[]
  /** What `create` throws, while there is something. */
  readonly faults: Error[]
}

function scene(options: Partial<ResourcePoolOptions<Wire>> = {}): Scene {
  const [made, destroyed, events]: [Wire[], number[], ResourcePoolEvent[]] = [[], [], []]
  const faults: Error[] = []
  const clock = new FakeClock()
  const create = (): Wire => {
    if (faults[0] !== undefined) throw faults[0]
    const wire = { id: made.length, isHealthy: true }
    made.push(wire)
    return wire
  }
  const pool = resourcePool<Wire>({
    ...{ create, destroy: ({ id }) => destroyed.push(id), check: ({ isHealthy }) => isHealthy },
    ...{ clock, random: { next: () => 0 }, onEvent: (event) => events.push(event), ...options },
  })
  return { clock, pool, made, destroyed, events, faults }
}

const errorOf = (work: Promise<unknown>): Promise<unknown> => work.then(String, (error: unknown) => error)

describe('resourcePool()', () => {
  it('use() lends what came back, and makes another only when all are lent', async () => {
    const { pool, made } = scene({ max: 2 })

    const ids = [await pool.use(({ id }) => id), await pool.use(({ id }) => id)]
    await pool.use(() => pool.use(() => undefined))

    expect(ids).toEqual([0, 0])
    expect(made).toHaveLength(2)
    expect([pool.size, pool.idle, pool.borrowed]).toEqual([2, 2, 0])
  })

  it('acquire() serves in order of arrival, and refuses who waited for acquireTimeoutMs', async () => {
    const { pool, clock } = scene({ max: 1, acquireTimeoutMs: 100 })
    const first = await pool.acquire()
    const order: string[] = []
    const second = pool.use(() => void order.push('second'))
    const third = pool.use(() => void order.push('third'))
    await clock.advance(50)
    const late = errorOf(pool.use(() => clock.sleep(200)))

    first.release()
    await Promise.all([second, third])
    const hopeless = errorOf(pool.acquire())
    await clock.advance(100)

    expect(order).toEqual(['second', 'third'])
    expect(isResourceUnavailableError(await hopeless)).toBe(true)
    expect(await hopeless).toMatchObject({ reason: 'timeout', waitedMs: 100, size: 1 })
    await clock.advance(200)
    expect(await late).toBe('undefined')
  })

  it('acquire() refuses at once when maxWaiting wait', async () => {
    const { pool } = scene({ max: 1, maxWaiting: 1 })
    const lease = await pool.acquire()
    const waits = pool.acquire()

    const error = await errorOf(pool.acquire())
    lease.release()

    expect(error).toMatchObject({ reason: 'full' })
    expect((await waits).isOver).toBe(false)
  })

  it('acquire() leaves the line when its signal aborts', async () => {
    const { pool } = scene({ max: 1 })
    const lease = await pool.acquire()
    const controller = new AbortController()
    const waits = errorOf(pool.acquire({ signal: controller.signal }))

    controller.abort('gone')
    lease.release()

    expect(await waits).toBe('gone')
    expect([pool.waiting, pool.idle]).toEqual([0, 1])
  })

  it('release() and destroy() of a lease count once, also when its resource is lent again', async () => {
    const { pool, destroyed } = scene({ max: 1 })
    const first = await pool.acquire()
    first.release()
    const second = await pool.acquire()

    first.release()
    first.destroy()

    expect([pool.borrowed, first.isOver, second.isOver, destroyed]).toEqual([1, true, false, []])
  })

  it('use() destroys what isBroken says is broken, and keeps it after another error', async () => {
    const { pool, destroyed } = scene({ isBroken: (error) => error === 'broken' })

    await errorOf(pool.use(() => Promise.reject('refused')))
    const kept = [...destroyed]
    await errorOf(pool.use(() => Promise.reject('broken')))

    expect([kept, destroyed]).toEqual([[], [0]])
  })

  it('checks before lending when the last check is freshMs old, and replaces what is not healthy', async () => {
    const { pool, clock, made, destroyed } = scene({ freshMs: 500, checkIntervalMs: Infinity })
    await pool.use((wire) => (wire.isHealthy = false))

    await clock.advance(499)
    const fresh = await pool.use(({ id }) => id)
    await clock.advance(1)
    const replaced = await pool.use(({ id }) => id)

    expect([fresh, replaced, destroyed, made.length]).toEqual([0, 1, [0], 2])
  })

  it('a check that throws or does not answer in time counts as unhealthy', async () => {
    const { pool, clock, destroyed } = scene({ check: () => new Promise(() => undefined), freshMs: 0 })
    await pool.use(() => undefined)

    const next = pool.use(({ id }) => id)
    await clock.advance(1_000)

    expect([await next, destroyed]).toEqual([1, [0]])
  })

  it('checks what is idle each checkIntervalMs and keeps min alive', async () => {
    const { pool, clock, made, destroyed } = scene({ min: 2, checkIntervalMs: 1_000 })
    await clock.settle()
    for (const wire of made.slice(0, 2)) wire.isHealthy = wire.id !== 0

    await clock.advance(1_000)

    expect([destroyed, made.length, pool.idle]).toEqual([[0], 3, 2])
  })

  it('ends what nobody borrowed for idleMs down to min', async () => {
    const { pool, clock, destroyed } = scene({ min: 1, idleMs: 1_000 })
    await pool.use(() => pool.use(() => undefined))

    await clock.advance(750)
    const before = pool.size
    await clock.advance(250)

    expect([before, pool.size, destroyed.length]).toEqual([2, 1, 1])
  })

  it('ends what is too old, lent ones when they come back', async () => {
    const { pool, clock, destroyed } = scene({ maxLifetimeMs: 1_000, idleMs: Infinity })
    const lease = await pool.acquire()

    await clock.advance(1_000)
    const before = [...destroyed]
    lease.release()

    expect([before, destroyed]).toEqual([[], [0]])
  })

  it('maxLifetimeMs is shortened by up to a tenth by chance', async () => {
    const { pool, clock, destroyed } = scene({ maxLifetimeMs: 1_000, random: { next: () => 1 } })
    const lease = await pool.acquire()

    await clock.advance(900)
    lease.release()

    expect(destroyed).toEqual([0])
  })

  it('one creation at a time, ever less often, while creation fails; the waiting learn why', async () => {
    const built = scene({ acquireTimeoutMs: 1_000 })
    const { pool, clock, events } = built
    built.faults.push(new Error('no route'))

    const errors = Promise.all([errorOf(pool.acquire()), errorOf(pool.acquire()), errorOf(pool.acquire())])
    await clock.advance(1_000)

    expect(await errors).toMatchObject(Array(3).fill({ reason: 'timeout', cause: { message: 'no route' } }))
    const failed = events.filter(({ type }) => type === 'ResourceCreationFailed')
    expect(failed.length).toBeGreaterThan(3)
    expect(failed.length).toBeLessThanOrEqual(10)
  })

  it('goes on as soon as creation works again', async () => {
    const built = scene()
    built.faults.push(new Error('no route'))
    const waits = built.pool.use(({ id }) => id)
    await built.clock.advance(20)

    built.faults.pop()
    await built.clock.advance(100)

    expect(await waits).toBe(0)
  })

  it('destroys what create makes after createTimeoutMs, and aborts its signal', async () => {
    const { promise, resolve } = Promise.withResolvers<Wire>()
    const signals: AbortSignal[] = []
    const create = (signal: AbortSignal): Promise<Wire> => (signals.push(signal), promise)
    const { pool, clock, destroyed } = scene({ create, createTimeoutMs: 100, acquireTimeoutMs: 50 })
    const waits = errorOf(pool.acquire())
    await clock.advance(100)
    await waits

    resolve({ id: 9, isHealthy: true })
    await clock.settle()

    expect(signals[0]?.aborted).toBe(true)
    expect([destroyed[0], pool.size]).toEqual([9, 0])
  })

  it('heal() checks all that are idle, replaces the broken, and has lent ones checked when they come back', async () => {
    const { pool, clock, made, destroyed } = scene({ max: 3, min: 3 })
    await clock.settle()
    const lease = await pool.acquire()
    for (const wire of made) wire.isHealthy = wire.id === 1

    const report = await pool.heal()
    lease.release()
    await clock.settle()

    expect(report).toEqual({ checked: 2, removed: 1, replaced: 1 })
    expect(destroyed).toHaveLength(2)
    expect([pool.size, pool.idle]).toEqual([3, 3])
  })

  it('reports a lease that is held for leakMs once, with its label', async () => {
    const { pool, clock, events } = scene({ leakMs: 1_000 })
    const lease = await pool.acquire({ label: 'report of July' })

    await clock.advance(5_000)
    lease.release()

    const overdue = events.filter(({ type }) => type === 'LeaseOverdue')
    expect(overdue).toEqual([
      { type: 'LeaseOverdue', policy: 'resource-pool', heldMs: 1_000, label: 'report of July' },
    ])
  })

  it('close() serves who waits, refuses newcomers, and destroys all as it comes back', async () => {
    const { pool, clock, destroyed } = scene({ max: 1 })
    const lease = await pool.acquire()
    const waits = pool.use(({ id }) => id)

    const closed = pool.close()
    const error = await errorOf(pool.acquire())
    lease.release()
    await closed

    expect(error).toMatchObject({ reason: 'closed' })
    expect([await waits, destroyed, pool.size]).toEqual([0, [0], 0])
    clock.expectIdle()
  })

  it('close() takes leases away after the time of grace, and each is destroyed once', async () => {
    const { pool, clock, destroyed } = scene({ max: 1 })
    const lease = await pool.acquire()
    const waits = errorOf(pool.acquire())

    const closed = pool.close({ graceMs: 100 })
    await clock.advance(100)
    await closed
    lease.release()

    expect([lease.isOver, destroyed]).toEqual([true, [0]])
    expect(await waits).toMatchObject({ reason: 'closed' })
  })

  it('refuses min above max', () => {
    expect(() => scene({ min: 3, max: 2 })).toThrow(
      "'min' must be an integer >= 0 and <= 2: current value is 3",
    )
  })
})
