import { herds } from '../../../packages/breakwater/test/simulations/retries/scenarios.ts'
import {
  herd,
  type HerdPoint,
  peakOf,
  runHerd,
} from '../../../packages/breakwater/test/simulations/retries/thundering-herd.ts'
import type { Line } from '../plot/plot.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { named } from './series.ts'

type Name = 'no jitter' | 'full jitter, the default' | 'equal jitter' | 'proportional jitter' | 'decorrelated'
type Results = Readonly<Record<Name, readonly HerdPoint[]>>

/** A thousand clients that fail together, and come back together unless they have jitter. */
export async function thunderingHerdChapter(): Promise<Chapter> {
  const results: Results = {
    'no jitter': await runHerd(named(herds, 'herd, no jitter')),
    'full jitter, the default': await runHerd(named(herds, 'herd, full jitter')),
    'equal jitter': await runHerd(named(herds, 'herd, equal jitter')),
    'proportional jitter': await runHerd(named(herds, 'herd, proportional jitter')),
    decorrelated: await runHerd(named(herds, 'herd, decorrelated')),
  }
  return {
    id: 'thundering-herd',
    title: 'Thundering herd: retries with and without jitter',
    question: 'A thousand clients lose their answers at the same moment. When do they come back?',
    setUp,
    plot: {
      description:
        'Without jitter a thousand retries arrive at once, each time; with jitter at most some dozens',
      x: { title: 'seconds', from: 0, to: 5 },
      span: { from: 0, to: 3, label: 'the dependency is down' },
      panels: panelsOf(results),
    },
    seen: seenIn(results),
    table: {
      head: ['', 'most in the same 10 ms', 'fewer than without jitter', 'retries in all', 'last one at'],
      rows: Object.entries(results).map(([name, points]) => [
        name,
        whole(peakOf(points)),
        percent(1 - peakOf(points) / herd),
        whole(retriesOf(points)),
        `${(points.findLast(({ retries }) => retries > 0)?.ms ?? 0) / 1_000} s`,
      ]),
    },
    folder: 'retries/',
    test: 'retries.test.ts',
  }
}

const setUp: readonly string[] = [
  `${whole(herd)} clients call at time 0; the dependency is down until 3 s and drops every call at once.`,
  '`retry({ maxRetries: 6, backoff: exponential({ initialMs: 200, maxMs: 2_000, jitter }) })`, or `decorrelated({ initialMs: 200, maxMs: 2_000 })`.',
  'Counted: how many retries arrive in the same 10 ms.',
]

function seenIn(results: Results): readonly string[] {
  const full = results['full jitter, the default']
  return [
    `Without jitter all ${whole(herd)} come in the same 10 ms, each time: who fails together waits equally long. A dependency that has just started is hit by the whole herd at second 3.`,
    `Full jitter draws the wait from nothing to all of the backoff: at most ${whole(peakOf(full))} come together, ${percent(1 - peakOf(full) / herd)} fewer. Decorrelated spreads the most: ${whole(peakOf(results.decorrelated))} at most.`,
    `Full jitter waits half as long on average, so it asks more often while the dependency is down: ${whole(retriesOf(full))} retries in all, without jitter ${whole(retriesOf(results['no jitter']))}. Proportional jitter waits longer and asks hardly more often. A budget limits both.`,
  ]
}

function panelsOf(results: Results): Chapter['plot']['panels'] {
  return [
    {
      title: 'Retries in the same 10 ms, without jitter',
      lines: [lineOf('no jitter', results['no jitter'])],
    },
    {
      title: 'Retries in the same 10 ms, with jitter (the scale is ten times finer)',
      lines: [
        lineOf('full jitter, the default', results['full jitter, the default']),
        lineOf('decorrelated', results.decorrelated),
      ],
      to: 100,
    },
  ]
}

function lineOf(name: string, points: readonly HerdPoint[]): Line {
  const shown = points.filter(({ ms }) => ms <= 5_000)
  return { name, points: shown.map(({ ms, retries }) => ({ x: ms / 1_000, y: retries })) }
}

function retriesOf(points: readonly HerdPoint[]): number {
  return points.reduce((sum, { retries }) => sum + retries, 0)
}
