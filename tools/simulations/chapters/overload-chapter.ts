import {
  type OverloadPoint,
  runOverload,
} from '../../../packages/breakwater/test/simulations/overload-run.ts'
import { capacity, scenarios } from '../../../packages/breakwater/test/simulations/scenarios.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, highest, mean, named } from './series.ts'

const runs = {
  'no limiter': 'overload, no limiter',
  gradient2: 'overload, gradient2',
  vegas: 'overload, vegas',
  aimd: 'overload, aimd',
} as const

type Name = keyof typeof runs
type Results = Readonly<Record<Name, readonly OverloadPoint[]>>

const limiters = ['gradient2', 'vegas', 'aimd'] as const
const during = { from: 20, to: 50 }
const after = { from: 60, to: 70 }

/** Three times the capacity, with and without a concurrency limiter. */
export async function overloadChapter(): Promise<Chapter> {
  const results: Results = {
    'no limiter': await runOverload(named(scenarios, runs['no limiter'])),
    gradient2: await runOverload(named(scenarios, runs.gradient2)),
    vegas: await runOverload(named(scenarios, runs.vegas)),
    aimd: await runOverload(named(scenarios, runs.aimd)),
  }
  return {
    id: 'overload',
    title: 'Overload: goodput with and without a concurrency limiter',
    question:
      'A dependency is asked for three times what it can do. How much of what it does is still of use to somebody?',
    setUp,
    plot: {
      description:
        'At three times the capacity goodput falls to zero and stays there; with a concurrency limiter it stays at the capacity',
      x: { title: 'seconds', from: 0, to: 70 },
      span: { from: 10, to: 50, label: 'three times the capacity' },
      panels: panelsOf(results),
    },
    seen: seenIn(results),
    table: {
      head: ['', 'goodput in the overload', 'of the capacity', 'goodput after it', 'longest server queue'],
      rows: Object.entries(results).map(([name, points]) => [
        name,
        `${whole(mean(points, 'goodput', during))} /s`,
        percent(mean(points, 'goodput', during) / capacity),
        `${whole(mean(points, 'goodput', after))} /s`,
        whole(highest(points, 'serverQueue')),
      ]),
    },
    folder: '',
    test: 'overload.test.ts',
  }
}

const setUp: readonly string[] = [
  `The dependency has 20 workers and takes 100 ms ± 25 % for a request: ${capacity} requests a second at most. It queues without end and does not notice when a client has given up.`,
  'Clients give up after 1 s and do not retry: `timeout({ ms: 1_000 })`.',
  `${capacity / 2} calls a second; from second 10 to 50, ${3 * capacity}.`,
  '`concurrencyLimiter({ initialLimit: 20, minLimit: 1, maxLimit: 500 })` with each algorithm at its defaults, except `aimd({ timeoutMs: 300 })`.',
]

function seenIn(results: Results): readonly string[] {
  const collapsed = results['no limiter']
  const shares = limiters.map((name) => mean(results[name], 'goodput', during) / capacity)
  return [
    `Without a limiter the queue is longer than clients wait after a few seconds. From then on every answer comes too late: the dependency works at full speed, for nobody. It stays so after the overload, because ${whole(highest(collapsed, 'serverQueue'))} requests wait that nobody wants any more.`,
    `With a limiter ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))} of the capacity is goodput. The rest is refused on the client's side at once, where it costs nothing and a fallback can answer.`,
    'No limiter was told the capacity. `vegas` keeps the shortest queue and pays with a little goodput; `aimd` notices only what is late, so it fills the queue up to its timeout.',
  ]
}

function panelsOf(results: Results): Chapter['plot']['panels'] {
  const offScale = whole(highest(results['no limiter'], 'serverQueue'))
  return [
    {
      title: 'Goodput: calls answered in time, a second',
      lines: Object.entries(results).map(([name, points]) => bySecond(name, points, 'goodput')),
      to: 230,
      level: { y: capacity, label: 'capacity' },
    },
    {
      title: `Requests that wait in the server (without a limiter up to ${offScale}: not shown)`,
      lines: limiters.map((name) => bySecond(name, results[name], 'serverQueue')),
    },
  ]
}
