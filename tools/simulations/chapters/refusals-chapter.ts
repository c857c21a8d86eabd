import {
  type OverloadPoint,
  runOverload,
} from '../../../packages/breakwater/test/simulations/overload-run.ts'
import { refusingCapacity, scenarios } from '../../../packages/breakwater/test/simulations/scenarios.ts'
import type { Line } from '../plot/plot.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, mean, named } from './series.ts'

const during = { from: 20, to: 50 }
const after = { from: 62, to: 70 }

/** Eight times the capacity of a server for which to refuse is work too, with and without an adaptive throttle. */
export async function refusalsChapter(): Promise<Chapter> {
  const naive = await runOverload(named(scenarios, 'refusals, no throttle'))
  const throttled = await runOverload(named(scenarios, 'refusals, adaptive throttle'))
  const results = { 'no throttle': naive, 'adaptive throttle': throttled }
  return {
    id: 'refusals',
    title: 'Overload of a server that says no: with and without an adaptive throttle',
    question:
      'A dependency protects itself with 503, but to refuse is work too. What if it gets so many calls that it only refuses?',
    setUp,
    plot: {
      description:
        'At eight times the capacity the server only refuses; with a throttle in its clients most of its work is answers',
      x: { title: 'seconds', from: 0, to: 70 },
      span: { from: 10, to: 50, label: 'eight times the capacity' },
      panels: panelsOf(results),
    },
    seen: seenIn(naive, throttled),
    table: {
      head: ['', 'goodput in the overload', 'of the capacity', 'requests to the server', 'goodput after it'],
      rows: Object.entries(results).map(([name, points]) => [
        name,
        `${whole(mean(points, 'goodput', during))} /s`,
        percent(mean(points, 'goodput', during) / refusingCapacity),
        `${whole(mean(points, 'offered', during) - mean(points, 'refused', during))} /s`,
        `${whole(mean(points, 'goodput', after))} /s`,
      ]),
    },
    folder: '',
    test: 'overload.test.ts',
  }
}

const setUp: readonly string[] = [
  `The dependency has 5 workers at 100 ms ± 25 %: ${refusingCapacity} requests a second at most. Ten may wait; the rest get a 503, which takes a fifth of the work of an answer.`,
  'Clients give up after 5 s and do not retry.',
  `${refusingCapacity / 2} calls a second; from second 10 to 50, ${8 * refusingCapacity}.`,
  '`adaptiveThrottle({ windowMs: 10_000 })`, otherwise its defaults.',
]

type Run = readonly OverloadPoint[]

function seenIn(naive: Run, throttled: Run): readonly string[] {
  return [
    `Without a throttle all five workers write refusals: ${whole(mean(naive, 'goodput', during))} of ${8 * refusingCapacity} calls a second succeed, and after the overload it goes on refusing until its backlog of refusals is gone.`,
    `The throttle sees that most calls are not accepted and refuses most of them on the client's side: ${whole(mean(throttled, 'goodput', during))} calls a second succeed, ${percent(mean(throttled, 'goodput', during) / refusingCapacity)} of the capacity. What is missing is the price of the refusals that still happen: without them it would not see when the overload is over.`,
    'It sees within a few seconds that the overload has begun. After it the refusals stay in its window of 10 s, and for so long it still refuses calls that would succeed.',
  ]
}

function panelsOf(results: Readonly<Record<string, Run>>): Chapter['plot']['panels'] {
  return [
    {
      title: 'Goodput: calls answered in time, a second',
      lines: Object.entries(results).map(([name, points]) => bySecond(name, points, 'goodput')),
      to: 60,
      level: { y: refusingCapacity, label: 'capacity' },
    },
    {
      title: 'Requests that reach the server, a second',
      lines: Object.entries(results).map(([name, points]) => reaching(name, points)),
    },
  ]
}

function reaching(name: string, points: readonly OverloadPoint[]): Line {
  return {
    name,
    points: points.map(({ second, offered, refused }) => ({
      x: second + 0.5,
      y: Math.max(0, offered - refused),
    })),
  }
}
