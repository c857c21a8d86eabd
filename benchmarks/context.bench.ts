import { AsyncLocalStorage } from 'node:async_hooks'
import { closedStacks } from './stack.bench.ts'
import { type Case, compareAll } from './harness/compare.ts'
import type { Suite } from './harness/suite.ts'
import { succeedingWork } from './harness/work.ts'

const store = new AsyncLocalStorage<string>()

/** The stack where a tracer is at work: each promise carries its context. */
export const contextSuite: Suite = {
  name: 'context',
  about:
    'the stack outside and inside of a live AsyncLocalStorage context, as tracing has it; bare is measured in the same.',
  run(settings) {
    const { bare, limit, breakwater, cockatiel, effect } = closedStacks(succeedingWork)
    const outside: Case = {
      ...{ suite: 'context', case: 'outside', loop: 'plain' },
      contestants: { bare, limit, breakwater, cockatiel, effect },
    }
    const inside = (batch: () => Promise<void>): Promise<void> => store.run('a trace', batch)
    return compareAll([outside, { ...outside, case: 'inside', around: inside }], settings)
  },
}
