import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import type { ChaosFault } from './chaos-fault.ts'
import { chaos } from './chaos.ts'
import { behavior } from './faults/behavior.ts'
import { latency } from './faults/latency.ts'

const always = { rate: 1 } as const

describe('chaos() with several faults', () => {
  it('adds up latencies', async () => {
    using clock = new FakeClock()
    const faults = [latency({ ...always, ms: 30 }), latency({ ...always, ms: 20 })]
    const call = pipeline({ policies: [chaos({ isEnabled: true, faults })], clock }).run(() => clock.now())

    await clock.advance(50)

    expect(await call).toBe(50)
  })

  it('goes on at once after code that is through, and after no latency', () => {
    const steps: string[] = []
    const faults = [
      behavior({ ...always, run: () => steps.push('behavior') }),
      latency({ ...always, ms: 0 }),
      latency({ ...always, ms: () => -5 }),
    ]
    void chaos({ isEnabled: true, faults }).run(() => steps.push('work'))

    expect(steps).toEqual(['behavior', 'work'])
  })
})

describe('chaos() whose caller gives up in the middle of it', () => {
  /** A call that is aborted after 10 ms by code of the fault that follows: what became of it, and what is left on the clock. */
  async function abortedBy(fault: (abort: () => void) => ChaosFault): Promise<unknown[]> {
    const clock = new FakeClock()
    const caller = new AbortController()
    const faults = [latency({ ...always, ms: 10 }), fault(() => caller.abort('gone'))]
    const line = pipeline({ policies: [chaos({ isEnabled: true, faults })], clock })
    const call = line.tryRun(() => 'never', { signal: caller.signal })
    await clock.advance(10)
    return [await call, clock.pending()]
  }
  const gone = { ok: false, error: 'gone' }

  it('leaves no timer of a latency whose length was being drawn', async () => {
    const drawing = (abort: () => void): ChaosFault =>
      latency({
        ...always,
        ms: () => {
          abort()
          return 30_000
        },
      })

    expect(await abortedBy(drawing)).toEqual([gone, []])
  })

  it('takes no answer of code that was running', async () => {
    const failing = (abort: () => void): ChaosFault =>
      behavior({
        ...always,
        run: () => {
          abort()
          throw new Error('too late')
        },
      })

    expect(await abortedBy(failing)).toEqual([gone, []])
  })

  it('does not run code when a listener gives the call up before it', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const ran: string[] = []
    const faults = [latency({ ...always, ms: 10 }), behavior({ ...always, run: () => ran.push('behavior') })]
    const storm = chaos({ isEnabled: true, faults })
    storm.on(({ kind }) => kind === 'behavior' && caller.abort('gone'))
    const call = pipeline({ policies: [storm], clock }).tryRun(() => 1, { signal: caller.signal })

    await clock.advance(10)

    expect([await call, ran]).toEqual([gone, []])
  })

  it('asks for no further fault once code of one has given it up', async () => {
    const clock = new FakeClock()
    const caller = new AbortController()
    const asked: number[] = []
    const rate = (): number => asked.push(clock.now())
    const faults = [
      latency({ ...always, ms: 10 }),
      behavior({ ...always, run: () => caller.abort('gone') }),
      latency({ rate }),
    ]
    const line = pipeline({ policies: [chaos({ isEnabled: true, faults })], clock })
    const call = line.tryRun(() => 1, { signal: caller.signal })

    await clock.advance(10)

    expect([await call, asked]).toEqual([gone, []])
  })
})
