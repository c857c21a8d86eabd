import {
  type EjectionPoint,
  load,
  runEjection,
} from '../../../packages/breakwater/test/simulations/ejection/ejection-run.ts'
import { capacity, endpoints } from '../../../packages/breakwater/test/simulations/ejection/fleet.ts'
import { caps, commonFault } from '../../../packages/breakwater/test/simulations/ejection/scenarios.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, highest, mean, named } from './series.ts'

type Name = 'at most a half' | 'at most a tenth: the default' | 'no cap, no panic' | 'no cap' | 'no ejection'
type Results = Readonly<Record<Name, readonly EjectionPoint[]>>

const { from, to, failing = 0 } = commonFault
const after = { from: to + 10, to: 100 }

/** A fault that all endpoints share, and a balancer that takes it for theirs. */
export async function ejectionCapChapter(): Promise<Chapter> {
  const run = (name: Name): Promise<EjectionPoint[]> =>
    runEjection({ seconds: 100, illness: commonFault, setting: named(caps, name) })
  const results: Results = {
    'at most a half': await run('at most a half'),
    'at most a tenth: the default': await run('at most a tenth: the default'),
    'no cap, no panic': await run('no cap, no panic'),
    'no cap': await run('no cap'),
    'no ejection': await run('no ejection'),
  }
  return {
    id: 'ejection-cap',
    title: 'All endpoints fail alike: how many may be ejected',
    question:
      'The fault is not theirs: a database behind them, or a bad deployment of the caller. What does a balancer do that takes out who fails?',
    setUp,
    plot: {
      description:
        'When all endpoints fail alike, ejecting half of them leaves too few for the calls and the outage never ends; the default cap of a tenth does no harm',
      x: { title: 'seconds', from: 0, to: 100 },
      span: { from, to, label: `${percent(failing)} of all requests fail` },
      panels: panelsOf(results),
    },
    seen: seenIn(results),
    table: tableOf(results),
    folder: 'ejection/',
    test: 'ejection.test.ts',
  }
}

const setUp: readonly string[] = [
  `The same ${endpoints} endpoints, ${capacity} calls a second at most, and ${load} calls a second: six endpoints must be in use for all calls.`,
  `From second ${from} to ${to} ${percent(failing)} of the requests fail, whichever endpoint they go to.`,
  '`balancer({ endpoints, outlierEjection: { maxEjectedRatio } })`: 0.1, the default, 0.5 or 1, no cap; no panic: `panicRatio: 0`.',
]

function seenIn(results: Results): readonly string[] {
  const half = results['at most a half']
  const tenth = results['at most a tenth: the default']
  const free = results['no cap']
  const bold = results['no cap, no panic']
  const shown = (points: readonly EjectionPoint[]): string => whole(mean(points, 'goodput', after))
  return [
    `Five failures in a row come to everybody when ${percent(failing)} of the requests fail. The default cap lets one of ten be ejected: ${whole(failedIn(tenth))} calls fail, ${whole(failedIn(results['no ejection']))} without ejection. Ejection cannot help here; it must not harm.`,
    `With half of them ejected the other half is asked for more than it can do, times out, and is ejected when the first come back. So the outage outlives its cause: ${shown(half)} of ${load} calls a second succeed after it, for as long as we looked.`,
    `Without a cap nearly all are ejected, and then the panic ends it: while fewer than half are healthy, all are used, ill or not. ${shown(free)} of ${load} a second succeed after it, with a hiccup each time when just enough come back for the panic to end.`,
    `Without a cap and without the panic those that come back first get all the calls: ${whole(mean(bold, 'goodput', { from: to, to: to + 30 }))} of ${load} a second in the half minute after it.`,
    'A cap above the share of the endpoints that you can do without is no cap.',
  ]
}

function panelsOf(results: Results): Chapter['plot']['panels'] {
  const lines = (measure: 'goodput' | 'ejected') =>
    Object.entries(results).map(([name, points]) => bySecond(name, points, measure))
  return [
    { title: 'Goodput: calls that succeed, a second', lines: lines('goodput') },
    { title: `Endpoints that are ejected, of ${endpoints}`, lines: lines('ejected'), to: endpoints },
  ]
}

function tableOf(results: Results): Chapter['table'] {
  return {
    head: ['', 'most ejected at once', 'failed calls in all', 'goodput, second 50 to 100', 'of the calls'],
    rows: Object.entries(results).map(([name, points]) => [
      name,
      whole(highest(points, 'ejected')),
      whole(failedIn(points)),
      `${whole(mean(points, 'goodput', after))} /s`,
      percent(mean(points, 'goodput', after) / load),
    ]),
  }
}

function failedIn(points: readonly EjectionPoint[]): number {
  return points.reduce((sum, { failed }) => sum + failed, 0)
}
