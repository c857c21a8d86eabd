import {
  capacity,
  runStorm,
  type StormPoint,
  usualLoad,
} from '../../../packages/breakwater/test/simulations/retries/retry-storm.ts'
import { storms } from '../../../packages/breakwater/test/simulations/retries/scenarios.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, mean, named } from './series.ts'

const after = { from: 40, to: 70 }

type Name =
  'three retries, no budget' | 'three retries, ratio budget' | 'three retries, token budget' | 'no retry'
type Results = Readonly<Record<Name, readonly StormPoint[]>>

/** A burst, and retries that keep it alive. */
export async function retryStormChapter(): Promise<Chapter> {
  const results: Results = {
    'three retries, no budget': await runStorm(named(storms, 'storm, three retries without a budget')),
    'three retries, ratio budget': await runStorm(named(storms, 'storm, three retries, ratio budget')),
    'three retries, token budget': await runStorm(named(storms, 'storm, three retries, token budget')),
    'no retry': await runStorm(named(storms, 'storm, no retry')),
  }
  return {
    id: 'retry-storm',
    title: 'Retry storm: retries with and without a budget',
    question: 'For five seconds there are too many calls. Do the retries let the dependency come back?',
    setUp,
    plot: {
      description:
        'After a burst of five seconds retries without a budget keep the dependency down for good; with a budget it recovers',
      x: { title: 'seconds', from: 0, to: 70 },
      span: { from: 10, to: 15, label: 'burst' },
      panels: panelsOf(results),
    },
    seen: seenIn(results),
    table: tableOf(results),
    folder: 'retries/',
    test: 'retries.test.ts',
  }
}

const setUp: readonly string[] = [
  `The dependency has 20 workers at 100 ms ± 25 %: ${capacity} requests a second at most. 400 may wait; the rest get a 503 for a tenth of the work.`,
  `${usualLoad} calls a second, seven tenths of the capacity; from second 10 to 15, ${3 * capacity}.`,
  'Clients give up an attempt after 500 ms: `timeout({ ms: 500 })`.',
  '`retry({ maxRetries: 3, backoff: exponential({ initialMs: 100, maxMs: 1_000 }) })` with full jitter; no budget, `retryBudget()` or `tokenBudget()` at their defaults.',
]

function seenIn(results: Results): readonly string[] {
  const naive = results['three retries, no budget']
  const budgeted = results['three retries, ratio budget']
  return [
    `Without a budget the storm does not end. A minute after the burst the dependency still gets ${whole(mean(naive, 'requests', after))} requests a second, four for each call, because each call fails, because there are so many requests. Goodput is ${whole(mean(naive, 'goodput', after))}.`,
    `With a budget retries stop when most calls fail. Goodput is back ${secondsAfterBurst(budgeted)} s after the burst with the ratio budget and ${secondsAfterBurst(results['three retries, token budget'])} s with the token budget; without retries it is ${secondsAfterBurst(results['no retry'])} s.`,
    'The price is paid when it costs least: a call that fails while nearly all fail is not tried again. While few calls fail, every retry is within the budget.',
  ]
}

function panelsOf(results: Results): Chapter['plot']['panels'] {
  return [
    {
      title: 'Goodput: calls answered in time, a second',
      lines: Object.entries(results).map(([name, points]) => bySecond(name, points, 'goodput')),
      to: 210,
    },
    {
      title: 'Requests that reach the dependency, a second: first attempts and retries',
      lines: Object.entries(results).map(([name, points]) => bySecond(name, points, 'requests')),
      level: { y: capacity, label: 'capacity' },
    },
  ]
}

function tableOf(results: Results): Chapter['table'] {
  return {
    head: [
      '',
      'back after the burst in',
      'goodput, second 40 to 70',
      'of the calls',
      'requests, second 40 to 70',
      'requests in all',
    ],
    rows: Object.entries(results).map(([name, points]) => [
      name,
      recovery(points),
      `${whole(mean(points, 'goodput', after))} /s`,
      percent(mean(points, 'goodput', after) / usualLoad),
      `${whole(mean(points, 'requests', after))} /s`,
      whole(points.reduce((sum, { requests }) => sum + requests, 0)),
    ]),
  }
}

function secondsAfterBurst(points: readonly StormPoint[]): number {
  return points.findLastIndex(({ goodput }) => goodput < 0.9 * usualLoad) + 1 - 15
}

function recovery(points: readonly StormPoint[]): string {
  const seconds = secondsAfterBurst(points)
  return seconds + 15 === points.length ? 'never' : `${seconds} s`
}
