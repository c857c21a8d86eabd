import {
  dependency,
  type HedgingPoint,
  load,
  operations,
  patienceMs,
  runHedging,
  slow,
} from '../../../packages/breakwater/test/simulations/hedging/hedging-run.ts'
import { hedgings } from '../../../packages/breakwater/test/simulations/hedging/scenarios.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, mean, named } from './series.ts'

type Name =
  'hedge, no budget' | 'hedge, one shared budget' | 'hedge, a budget for each operation' | 'no hedge'
type Results = Readonly<Record<Name, readonly HedgingPoint[]>>

const before = { from: 15, to: slow.from }
const during = { from: slow.from + 10, to: slow.to }

/** A dependency that becomes slow, and hedges that make it slower. */
export async function hedgingChapter(): Promise<Chapter> {
  const results: Results = {
    'hedge, no budget': await runHedging(named(hedgings, 'hedge, no budget')),
    'hedge, one shared budget': await runHedging(named(hedgings, 'hedge, one shared budget')),
    'hedge, a budget for each operation': await runHedging(
      named(hedgings, 'hedge, a budget for each operation'),
    ),
    'no hedge': await runHedging(named(hedgings, 'no hedge')),
  }
  return {
    id: 'hedging',
    title: 'Hedging a dependency that becomes slow: with and without a shared budget',
    question:
      'Hedges take the tail off the latency. What do they do when every answer is slow, and so every call is hedged?',
    setUp,
    plot: {
      description:
        'Hedges without a budget double the load of a slow dependency and leave no goodput; with one shared budget they take the tail off and do no harm',
      x: { title: 'seconds', from: 0, to: 90 },
      span: { ...slow, label: 'three times slower' },
      panels: panelsOf(results),
    },
    seen: seenIn(results),
    table: tableOf(results),
    folder: 'hedging/',
    test: 'hedging.test.ts',
  }
}

const setUp: readonly string[] = [
  `The dependency has ${dependency.workers} workers at ${dependency.usualMs} ms ± 25 %; ${percent(dependency.stalled)} of the requests stall for ${dependency.stalledMs} ms. From second ${slow.from} to ${slow.to} everything takes three times as long: it can then do ${whole(slowCapacity())} requests a second. It answers both requests of a hedged call, also when the other was faster.`,
  `${load} calls a second all the time, by ${operations} operations with a pipeline each. Callers give up after ${whole(patienceMs)} ms: \`timeout({ totalMs: ${patienceMs.toLocaleString('en-US').replace(',', '_')} })\`.`,
  '`hedge()` at its defaults: once more when an answer takes longer than 95 % of the last ones did.',
  'No budget, `retryBudget()` at its defaults for each operation, or one for all of them: `hedge({ budget })`.',
]

/** What the slow dependency does at most, requests a second. */
function slowCapacity(): number {
  const { workers, usualMs, stalledMs, stalled } = dependency
  return (1_000 * workers) / (slow.times * ((1 - stalled) * usualMs + stalled * stalledMs))
}

function seenIn(results: Results): readonly string[] {
  const naive = results['hedge, no budget']
  const each = results['hedge, a budget for each operation']
  const shared = results['hedge, one shared budget']
  const without = results['no hedge']
  return [
    `While the dependency is well, hedging is worth it: 99 % of the calls take at most ${whole(mean(shared, 'p99Ms', before))} ms instead of ${whole(mean(without, 'p99Ms', before))} ms, for ${percent(mean(shared, 'requests', before) / load - 1)} more requests.`,
    `When it becomes slow, every call is slower than the 95 % before, so every call is hedged: ${whole(mean(naive, 'requests', during))} requests a second for ${load} calls. That is more than it can do, the queue grows, all calls become slower still, and ${whole(mean(naive, 'goodput', during))} of ${load} are answered in time. The percentile does not save it: nobody is answered from whom it could learn.`,
    `One budget shared by all operations lets a fifth of the calls and three a second be hedged. What it had saved up is spent in two seconds; from then on goodput is ${whole(mean(shared, 'goodput', during))} of ${load}, as without hedges, and once the percentile has seen what is normal now, ${whole(mean(shared, 'requests', during) - load)} calls a second are hedged.`,
    'After the slow time the percentile remembers it for up to a minute, its two windows, and hedges less than it could.',
    `A budget for each operation is no budget: each brings its own minimum of three a second, and ${operations} of them make ${whole(mean(each, 'requests', during))} requests a second. Share one per dependency: \`runtime.retryBudget('search')\`.`,
  ]
}

function panelsOf(results: Results): Chapter['plot']['panels'] {
  const lines = (measure: 'goodput' | 'requests' | 'p99Ms') =>
    Object.entries(results).map(([name, points]) => bySecond(name, points, measure))
  return [
    { title: 'Goodput: calls answered in time, a second', lines: lines('goodput') },
    {
      title: 'Requests that reach the dependency, a second: calls and hedges',
      lines: lines('requests'),
      level: { y: slowCapacity(), label: 'what it can do while it is slow' },
    },
    {
      title: 'What 99 % of the calls take at most, milliseconds, over five seconds',
      lines: lines('p99Ms'),
    },
  ]
}

function tableOf(results: Results): Chapter['table'] {
  return {
    head: [
      '',
      '99 % take at most, before',
      'requests, before',
      'goodput, second 40 to 60',
      'requests, second 40 to 60',
      'goodput, second 60 to 66',
    ],
    rows: Object.entries(results).map(([name, points]) => [
      name,
      `${whole(mean(points, 'p99Ms', before))} ms`,
      `${whole(mean(points, 'requests', before))} /s`,
      `${whole(mean(points, 'goodput', during))} /s`,
      `${whole(mean(points, 'requests', during))} /s`,
      `${whole(mean(points, 'goodput', { from: 60, to: 66 }))} /s`,
    ]),
  }
}
