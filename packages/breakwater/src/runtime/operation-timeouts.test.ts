import { describe, expect, it } from 'vitest'
import { bulkhead } from '../bulkhead/bulkhead.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { createRuntime } from './runtime.ts'

function setUp() {
  return createRuntime({ service: 'shop', clock: new FakeClock() })
}

describe('timeoutsOf()', () => {
  it('tells the limits of an operation by its name, outermost first', () => {
    const bw = setUp()
    const policies = [timeout({ totalMs: 30_000 }), retry(), timeout({ ms: 2_000 })]
    bw.pipeline({ operation: 'database_query', policies })

    expect(bw.timeoutsOf('database_query')).toEqual([
      { scope: 'total', limitMs: 30_000 },
      { scope: 'attempt', limitMs: 2_000 },
    ])
  })

  it('tells none of an operation without a timeout, and none of a name that no pipeline has', () => {
    const bw = setUp()
    bw.pipeline({ operation: 'mail', policies: [retry()] })

    expect([bw.timeoutsOf('mail'), bw.timeoutsOf('nothing')]).toEqual([[], []])
  })

  it('tells what setPolicies() changed, and of two pipelines of a name what was made last', () => {
    const bw = setUp()
    const first = bw.pipeline({ operation: 'stock', policies: [timeout({ ms: 100 })] })
    bw.pipeline({ operation: 'stock', policies: [timeout({ ms: 200 })] })
    const made = bw.timeoutsOf('stock')

    first.setPolicies([timeout({ ms: 300 })])

    expect([made, bw.timeoutsOf('stock')]).toEqual([
      [{ scope: 'attempt', limitMs: 200 }],
      [{ scope: 'attempt', limitMs: 300 }],
    ])
  })

  it('leaves out a policy of the kind that does not tell its limit, or not what it limits', () => {
    const bw = setUp()
    const { stats, compile } = bulkhead()
    const odd = { kind: 'timeout', stats, compile }
    const policies = [
      { ...odd, name: 'a', scope: 'total' },
      { ...odd, name: 'b', limitMs: 5 },
    ]
    bw.pipeline({ operation: 'odd', policies })

    expect(bw.timeoutsOf('odd')).toEqual([])
  })

  it('knows 1,000 operations and no more', () => {
    const bw = setUp()
    for (let i = 0; i < 1_001; i++) bw.pipeline({ operation: `op-${i}`, policies: [timeout({ ms: 1 })] })

    expect([bw.timeoutsOf('op-999'), bw.timeoutsOf('op-1000')]).toEqual([
      [{ scope: 'attempt', limitMs: 1 }],
      [],
    ])
  })
})
