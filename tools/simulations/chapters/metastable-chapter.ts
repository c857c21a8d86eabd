import {
  capacity,
  instances,
  load,
  type MetastablePoint,
  runMetastable,
  secondsToRecover,
  slow,
} from '../../../packages/breakwater/test/simulations/metastable/metastable-run.ts'
import { clients } from '../../../packages/breakwater/test/simulations/metastable/scenarios.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, mean, named } from './series.ts'

const after = { from: 70, to: 120 }

type Results = Readonly<Record<string, readonly MetastablePoint[]>>

/** A failure that outlives its cause, and clients that let it end. */
export async function metastableChapter(): Promise<Chapter> {
  const naive = await runMetastable(named(clients, 'naive retries'))
  const ours = await runMetastable(named(clients, 'our defaults'))
  const budgetOnly = await runMetastable(named(clients, 'budget, no breaker'))
  const without = await runMetastable(named(clients, 'no retry'))
  const breakerOnly = await runMetastable(named(clients, 'breaker, no budget'))
  const plotted = {
    'naive retries': naive,
    'our defaults': ours,
    'budget, no breaker': budgetOnly,
    'no retry': without,
  }
  return {
    id: 'metastable',
    title: 'Metastable failure: what stays down when the cause is gone',
    question: `A dependency near its capacity is slow for ${slow.to - slow.from} s. Then it is as fast as ever. Does the system come back?`,
    setUp,
    plot: {
      description:
        'After ten slow seconds naive retries keep goodput at zero for good; with our defaults it is back within seconds',
      x: { title: 'seconds', from: 0, to: 120 },
      span: { ...slow, label: 'four times slower' },
      panels: panelsOf(plotted),
    },
    seen: [
      `Naive retries keep it down for good: 40 to 90 s after the cause is gone it gets ${whole(mean(naive, 'requests', after))} requests a second and answers ${whole(mean(naive, 'goodput', after))} in time. Only switching clients off would help.`,
      `With our defaults goodput is back ${recovery(ours)} after the cause is gone. The breakers open, the queue drains in ${whole(1_000 / capacity)} s because nothing is added to it, one trial of each instance succeeds, and the circuits close.`,
      `Without any retry it takes ${recovery(without)}: at ${percent(load / capacity)} load only ${percent(1 - load / capacity)} of the capacity is left for the queue of calls that clients have given up.`,
      `The retry budget alone does not save it here. It allows a fifth of the calls and 3 a second for each of ${instances} instances: ${whole(mean(budgetOnly, 'requests', after))} requests a second where ${capacity} can be done. A budget limits the harm of retries; it does not take the load away. The breaker does.`,
      `The breaker alone does save it, in ${recovery(breakerOnly)}: so many retries fail that the circuits open earlier, while the dependency is still slow; their first trial meets a queue of over a thousand, fails, and doubles the open time. With the budget they open only when the cause is gone, as half of 30 s must have failed, and the first trial succeeds.`,
    ],
    table: tableOf({ ...plotted, 'breaker, no budget': breakerOnly }),
    folder: 'metastable/',
    test: 'metastable.test.ts',
  }
}

const setUp: readonly string[] = [
  `The dependency has 20 workers at 100 ms ± 25 %: ${capacity} requests a second at most; from second ${slow.from} to ${slow.to} a request takes 400 ms. 1,000 may wait; the rest get a 503 for a tenth of the work. It answers what it has accepted in turn, also when the client has given up.`,
  `${load} calls a second all the time, ${percent(load / capacity)} of the capacity, from ${instances} instances with policies of their own. Clients give up an attempt after 1 s.`,
  'naive retries: `retry({ maxRetries: 3 })` around `timeout({ ms: 1_000 })`, no budget, no breaker, no limit in total.',
  'our defaults: `timeout({ totalMs: 5_000 })`, `retry({ budget: retryBudget() })`, `circuitBreaker()`, `timeout({ ms: 1_000 })`: the durations have no default, everything else is as it comes.',
  'budget, no breaker: the same without the breaker. breaker, no budget: three retries without a budget.',
]

function panelsOf(results: Results): Chapter['plot']['panels'] {
  const lines = (measure: 'goodput' | 'requests' | 'serverQueue') =>
    Object.entries(results).map(([name, points]) => bySecond(name, points, measure))
  return [
    { title: 'Goodput: calls answered in time, a second', lines: lines('goodput'), to: 230 },
    {
      title: 'Requests that reach the dependency, a second: first attempts and retries',
      lines: lines('requests'),
      level: { y: capacity, label: 'capacity' },
    },
    {
      title: 'Requests, and refusals to be written, that wait in the dependency',
      lines: lines('serverQueue'),
    },
  ]
}

function tableOf(results: Results): Chapter['table'] {
  return {
    head: [
      '',
      'back after the cause in',
      'goodput, second 70 to 120',
      'of the calls',
      'requests, second 70 to 120',
    ],
    rows: Object.entries(results).map(([name, points]) => [
      name,
      recovery(points),
      `${whole(mean(points, 'goodput', after))} /s`,
      percent(mean(points, 'goodput', after) / load),
      `${whole(mean(points, 'requests', after))} /s`,
    ]),
  }
}

function recovery(points: readonly MetastablePoint[]): string {
  const seconds = secondsToRecover(points)
  return seconds === null ? 'never' : `${seconds} s`
}
