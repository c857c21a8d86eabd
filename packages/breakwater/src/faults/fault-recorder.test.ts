import { describe, expect, it, vi } from 'vitest'
import { createFaultRecorder, type FaultRecorder, type FaultRecorderOptions } from './fault-recorder.ts'

describe('FaultRecorder.record()', () => {
  it('counts a storm exactly, with 3 examples of each problem', () => {
    const recorder = makeRecorder()
    const reads = { count: 0 }

    for (let i = 0; i < 100_000; i++)
      recorder.record(countedError(i, reads), { operation: i % 4 === 0 ? 'ship' : 'pay' })
    const { faults, droppedCounts } = recorder.collect()

    expect(faults.length).toBe(1)
    expect(faults[0]).toMatchObject({
      count: 100_000,
      operations: { ship: 25_000, pay: 75_000 },
      message: 'Order <int> failed',
    })
    expect(faults[0]?.exemplars.length).toBe(3)
    expect(reads.count).toBe(3)
    expect(droppedCounts).toBe(0)
  }, 60_000)

  it('tells 500 problems apart and counts the occurrences of the others', () => {
    const recorder = makeRecorder()

    for (let i = 0; i < 2_000; i++)
      recorder.record(Object.assign(new Error('x'), { code: `E_${String(i % 600)}` }))
    const { faults, droppedGroups, droppedCounts } = recorder.collect()

    expect(faults.length).toBe(500)
    expect(droppedGroups).toBe(100)
    expect(faults.reduce((sum, { count }) => sum + count, 0) + droppedCounts).toBe(2_000)
  })

  it('bounds the text of all examples together', () => {
    const recorder = makeRecorder({ exemplarsPerFault: 5 })

    for (let i = 0; i < 400; i++) {
      const error = Object.assign(new Error('x'.repeat(2_000)), {
        code: `E_${String(i)}`,
        stack: `at f (/a.js:1:1)${'s'.repeat(16_000)}`,
      })
      recorder.record(error)
    }

    const { faults } = recorder.collect()
    expect(faults.length).toBe(400)
    expect(JSON.stringify(faults).length).toBeLessThan(1_000_000)
  })

  it('tells places apart, however many errors say the same', () => {
    const recorder = makeRecorder()
    const failAt = (place: string): Error =>
      Object.assign(new Error('x'), { stack: `Error: x\n    at ${place} (/app/src/pay.ts:1:1)` })

    for (let i = 0; i < 1_000; i++)
      recorder.record(failAt(i % 2 === 0 ? 'charge' : 'refund'), { operation: 'pay' })
    const { faults } = recorder.collect()

    expect(faults.map(({ culprit, count }) => [culprit, count])).toEqual([
      ['charge (src/pay.ts)', 500],
      ['refund (src/pay.ts)', 500],
    ])
  })

  it('stops reading stacks in a storm of errors from one place', () => {
    const recorder = makeRecorder()
    let reads = 0
    const fail = (): Error =>
      Object.defineProperty(new Error('x'), 'stack', { get: () => ((reads += 1), 'Error: x') })

    for (let i = 0; i < 10_000; i++) recorder.record(fail())

    expect(recorder.collect().faults[0]?.count).toBe(10_000)
    expect(reads).toBeLessThanOrEqual(103)
  })

  it('does not record an abort', () => {
    const recorder = makeRecorder()

    const recorded = recorder.record(new DOMException('stop', 'AbortError'))

    expect(recorded).toBeUndefined()
    expect(recorder.collect().faults).toEqual([])
  })

  it('keeps where an example happened, scrubbed', () => {
    const recorder = makeRecorder()

    recorder.record(new Error('x'), {
      operation: 'pay',
      attempt: 2,
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      context: { user: '1', authorization: 'abc', note: 'password=hunter2' },
    })

    expect(recorder.collect().faults[0]?.exemplars[0]).toMatchObject({
      id: 'id-1',
      at: 1_000,
      operation: 'pay',
      attempt: 2,
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      context: { user: '1', authorization: '[redacted]', note: 'password=[redacted]' },
    })
  })

  it('calls a crash fatal and always keeps it as an example', () => {
    const recorder = makeRecorder()
    const fail = (): Error => Object.assign(new Error('x'), { stack: '' })
    for (let i = 0; i < 5; i++) recorder.record(fail())

    recorder.record(fail(), { crash: true })
    const [fault] = recorder.collect().faults

    expect(fault).toMatchObject({ count: 6, severity: 'fatal' })
    expect(fault?.exemplars.map(({ crash }) => crash)).toEqual([undefined, undefined, undefined, true])
  })

  it('tells its listener, and goes on when that throws', () => {
    const onRecorded = vi.fn(() => {
      throw new Error('listener')
    })
    const recorder = makeRecorder({ onRecorded })

    const recorded = recorder.record(new TypeError('x'))

    expect(onRecorded).toHaveBeenCalledWith(recorded)
    expect(recorder.collect().faults[0]?.count).toBe(1)
  })

  it("asks the application's rules", () => {
    const recorder = makeRecorder({
      rules: [{ name: 'declined', matches: ({ code }) => code === 'DECLINED', category: 'business/rule' }],
    })

    recorder.record(Object.assign(new Error('x'), { code: 'DECLINED' }))

    expect(recorder.collect().faults[0]?.category).toBe('business/rule')
  })
})

describe('FaultRecorder.collect()', () => {
  it('gives what came since the collection before', () => {
    const times = [1_000, 2_000, 3_000]
    const recorder = makeRecorder({ now: () => times.shift() ?? 0 })
    recorder.record('boom')
    recorder.record('boom')

    const first = recorder.collect()
    const second = recorder.collect()
    recorder.record('boom')
    const third = recorder.collect()

    expect(first.faults[0]).toMatchObject({ count: 2, firstAt: 1_000, lastAt: 2_000, operations: { '': 2 } })
    expect(second.faults).toEqual([])
    expect(third.faults[0]).toMatchObject({
      count: 1,
      firstAt: 3_000,
      fingerprint: first.faults[0]?.fingerprint,
    })
  })
})

function makeRecorder(options: Partial<FaultRecorderOptions> = {}): FaultRecorder {
  let ids = 0
  return createFaultRecorder({ now: () => 1_000, randomId: () => `id-${String(++ids)}`, ...options })
}

/** An error with a field that counts how often it is serialised. */
function countedError(i: number, reads: { count: number }): Error {
  const detail = { enumerable: true, get: () => (reads.count += 1) }
  return Object.defineProperty(new Error(`Order ${String(i)} failed`), 'detail', detail)
}
