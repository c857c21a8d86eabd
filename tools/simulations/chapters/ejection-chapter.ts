import {
  type EjectionPoint,
  load,
  runEjection,
  timeoutMs,
} from '../../../packages/breakwater/test/simulations/ejection/ejection-run.ts'
import { capacity, endpoints } from '../../../packages/breakwater/test/simulations/ejection/fleet.ts'
import { illnesses, settings } from '../../../packages/breakwater/test/simulations/ejection/scenarios.ts'
import type { Chapter } from './chapter.ts'
import { whole } from './figures.ts'
import { bySecond, named } from './series.ts'

const names = [
  'round robin, no ejection',
  'p2c, ejection: the default',
  'round robin, ejection',
  'p2c, no ejection',
] as const

type Name = (typeof names)[number]
type Results = Readonly<Record<Name, readonly EjectionPoint[]>>

const { from, to } = illnesses.dead

/** One endpoint of ten that is dead, or so slow that calls to it time out. */
export async function ejectionChapter(): Promise<Chapter> {
  const dead = await resultsOf('dead')
  const slow = await resultsOf('slow')
  return {
    id: 'ejection',
    title: 'One endpoint of ten is ill: with and without outlier ejection',
    question: 'An endpoint fails, or has become slow. How many calls notice?',
    setUp,
    plot: {
      description:
        'While one endpoint of ten is ill, without ejection a tenth of the calls fail; with it a handful of calls in a minute',
      x: { title: 'seconds', from: 0, to: 100 },
      span: { from, to, label: 'one of ten is ill' },
      panels: [
        { title: 'Calls that fail, a second: the endpoint is dead', lines: linesOf(dead), to: 30 },
        {
          title: 'Calls that fail, a second: the endpoint is twenty times slower',
          lines: linesOf(slow),
          to: 30,
        },
      ],
    },
    seen: seenIn(dead, slow),
    table: {
      head: ['', 'failed calls, one is dead', 'failed calls, one is slow'],
      rows: names.map((name) => [name, whole(failedIn(dead[name])), whole(failedIn(slow[name]))]),
    },
    folder: 'ejection/',
    test: 'ejection.test.ts',
  }
}

const setUp: readonly string[] = [
  `${endpoints} endpoints of two workers at 50 ms ± 25 % each: ${capacity} calls a second at most. ${load} calls a second all the time.`,
  `From second ${from} to ${to} one of them answers every request with an error at once, or takes twenty times as long.`,
  `\`balancer({ endpoints, strategy })\` with its default ejection or \`outlierEjection: false\`; each call is made once, no retry, within \`timeout({ ms: ${timeoutMs} })\`.`,
]

async function resultsOf(illness: 'dead' | 'slow'): Promise<Results> {
  const run = (name: Name): Promise<EjectionPoint[]> =>
    runEjection({ seconds: 100, illness: illnesses[illness], setting: named(settings, name) })
  return {
    'round robin, no ejection': await run('round robin, no ejection'),
    'p2c, ejection: the default': await run('p2c, ejection: the default'),
    'round robin, ejection': await run('round robin, ejection'),
    'p2c, no ejection': await run('p2c, no ejection'),
  }
}

function seenIn(dead: Results, slow: Results): readonly string[] {
  const count = (results: Results, name: Name): string => whole(failedIn(results[name]))
  return [
    `Round robin without ejection fails ${count(dead, 'round robin, no ejection')} calls in the minute that an endpoint is dead, a tenth of all. With ejection it is ${count(dead, 'round robin, ejection')}: five failures in a row take it out for 30 s; the first five calls after that, for twice as long.`,
    `Slow is as bad: calls to it time out, ${count(slow, 'round robin, no ejection')} of them, also for some seconds after it is fast again, until its queue is gone. With ejection ${count(slow, 'round robin, ejection')}: those that were on their way before the first five had timed out.`,
    `The default strategy, p2c, compares latencies and sends a slow endpoint hardly anything, also without ejection. A dead one it tries again whenever its failures fade: ${count(dead, 'p2c, no ejection')} calls; ejection makes it ${count(dead, 'p2c, ejection: the default')}.`,
    'What is left goes away with one retry: it is sent to another endpoint.',
  ]
}

function linesOf(results: Results): Chapter['plot']['panels'][number]['lines'] {
  return names.map((name) => bySecond(name, results[name], 'failed'))
}

function failedIn(points: readonly EjectionPoint[]): number {
  return points.reduce((sum, { failed }) => sum + failed, 0)
}
