import Bottleneck from 'bottleneck'
import type { Trial } from '../harness/compare.ts'
import type { Work } from '../harness/work.ts'

/** The work through a limiter of bottleneck: each call takes several turns of the timers. */
export function bottleneckTrial(options: Bottleneck.ConstructorOptions, work: Work): Trial {
  const limiter = new Bottleneck(options)
  return { call: () => limiter.schedule(work), dispose: () => limiter.disconnect() }
}
