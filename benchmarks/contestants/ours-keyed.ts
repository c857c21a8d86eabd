import { pipeline, type Policy } from 'breakwater'
import type { Trial } from '../harness/compare.ts'
import type { Work } from '../harness/work.ts'

/** A pipeline of ours around the work, each call with a key. */
export function oursKeyed(policy: Policy<unknown>, work: Work, nextKey: () => string): Trial {
  const protectedWork = pipeline({ policies: [policy] })
  return { call: () => protectedWork.run(work, { key: nextKey() }) }
}
