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

/** One endpoint of ten that is dead, or so slow that calls to it time out, or fails now and then. */
export async function ejectionChapter(): Promise<Chapter> {
  const dead = await resultsOf('dead')
  const slow = await resultsOf('slow')
  const flaky = await resultsOf('flaky')
  return {
    id: 'ejection',
    title: 'One endpoint of ten is ill: with and without outlier ejection',
    question: 'An endpoint fails, always or now and then, or has become slow. How many calls notice?',
    setUp,
    plot: {
      description:
        'While one endpoint of ten is ill, round robin fails a tenth of the calls; ejection ends that, and p2c hardly goes there',
      x: { title: 'seconds', from: 0, to: 100 },
      span: { from, to, label: 'one of ten is ill' },
      panels: [
        panelOf('the endpoint is dead', dead),
        panelOf('the endpoint is twenty times slower', slow),
        panelOf('the endpoint fails three calls in ten', flaky),
      ],
    },
    seen: seenIn({ dead, slow, flaky }),
    table: {
      head: ['failed calls', 'one is dead', 'one is slow', 'one fails three calls in ten'],
      rows: names.map((name) => [name, ...[dead, slow, flaky].map((results) => count(results, name))]),
    },
    folder: 'ejection/',
    test: 'ejection.test.ts',
  }
}

const setUp: readonly string[] = [
  `${endpoints} endpoints of two workers at 50 ms ± 25 % each: ${capacity} calls a second at most. ${load} calls a second all the time.`,
  `From second ${from} to ${to} one of them answers every request with an error at once, or takes twenty times as long, or answers three requests in ten with an error.`,
  `\`balancer({ endpoints, strategy })\` with its default ejection or \`outlierEjection: false\`; each call is made once, no retry, within \`timeout({ ms: ${timeoutMs} })\`.`,
]

async function resultsOf(illness: keyof typeof illnesses): Promise<Results> {
  const run = (name: Name): Promise<EjectionPoint[]> =>
    runEjection({ seconds: 100, illness: illnesses[illness], setting: named(settings, name) })
  return {
    'round robin, no ejection': await run('round robin, no ejection'),
    'p2c, ejection: the default': await run('p2c, ejection: the default'),
    'round robin, ejection': await run('round robin, ejection'),
    'p2c, no ejection': await run('p2c, no ejection'),
  }
}

function seenIn({ dead, slow, flaky }: Readonly<Record<keyof typeof illnesses, Results>>): readonly string[] {
  return [
    `Round robin without ejection fails ${count(dead, 'round robin, no ejection')} calls in the minute that an endpoint is dead, a tenth of all. With ejection it is ${count(dead, 'round robin, ejection')}: five failures in a row take it out for 30 s; the first five calls after that, for twice as long.`,
    `Slow is as bad: calls to it time out, ${count(slow, 'round robin, no ejection')} of them, also for some seconds after it is fast again, until its queue is gone. With ejection ${count(slow, 'round robin, ejection')}: those that were on their way before the first five had timed out.`,
    `p2c, the default, compares latencies and failures in a row, so it sends a slow or a dead endpoint hardly anything, also without ejection: ${count(slow, 'p2c, no ejection')} and ${count(dead, 'p2c, no ejection')} failures. One that fails now and then gets away with it: ${count(flaky, 'p2c, no ejection')} failures; ejection compares it with the others every ten seconds, and makes it ${count(flaky, 'p2c, ejection: the default')}.`,
    'What is left goes away with one retry: it is sent to another endpoint.',
  ]
}

function panelOf(what: string, results: Results): Chapter['plot']['panels'][number] {
  const lines = names.map((name) => bySecond(name, results[name], 'failed'))
  return { title: `Calls that fail, a second: ${what}`, lines, to: 30 }
}

function count(results: Results, name: Name): string {
  return whole(results[name].reduce((sum, { failed }) => sum + failed, 0))
}
