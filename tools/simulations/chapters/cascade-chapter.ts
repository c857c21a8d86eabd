import {
  buying,
  type CascadePoint,
  load,
  runCascade,
  secondsToRecover,
} from '../../../packages/breakwater/test/simulations/cascade/cascade-run.ts'
import { patienceMs } from '../../../packages/breakwater/test/simulations/cascade/chain.ts'
import { database } from '../../../packages/breakwater/test/simulations/cascade/database.ts'
import {
  attemptMs,
  grades,
  ill,
  illnesses,
  stacksOf,
} from '../../../packages/breakwater/test/simulations/cascade/scenarios.ts'
import {
  serviceBacklog,
  serviceMs,
  serviceWorkers,
} from '../../../packages/breakwater/test/simulations/cascade/service.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, named } from './series.ts'

const plotted = [
  'own timeouts, no retry',
  'own timeouts, retries',
  'deadlines, retries',
  'deadlines, no retry',
  'usual stack',
] as const
const further = [
  'graded timeouts, no retry',
  'usual stack, no deadlines',
  'usual stack, no breakers',
  'usual stack, no bulkheads',
  'usual stack, retry at edge only',
  'usual stack, open for 5 s',
] as const
const farMs = 10

type Points = readonly CascadePoint[]
type Name = (typeof plotted)[number] | (typeof further)[number]
type Results = Readonly<Record<Name, Points>>
type Compared = Readonly<Record<'own timeouts, retries' | 'own timeouts, no retry' | 'usual stack', Points>>
type Far = Compared & Readonly<Record<'deadlines, no retry', Points>>

/** A database that hangs, and timeouts of those who do not call it. */
export async function cascadeChapter(): Promise<Chapter> {
  const near = await resultsOf([...plotted, ...further], { illness: 'hangs', networkMs: 1 })
  const compared = ['own timeouts, retries', 'own timeouts, no retry', 'usual stack'] as const
  const slow = await resultsOf(compared, { illness: 'slow', networkMs: 1 })
  const far = await resultsOf([...compared, 'deadlines, no retry'], { illness: 'hangs', networkMs: farMs })
  return {
    id: 'cascade',
    title: 'Cascading timeouts: a chain of services with and without deadlines and breakers',
    question:
      'The database at the end of a chain hangs for a minute. Who times out that does not even call it, and who works on for nobody?',
    setUp,
    plot: {
      description:
        'When the last of a chain hangs, services with timeouts of their own soon fail all requests and work on for nobody; with the usual stack hardly anybody else times out, but it comes back last',
      x: { title: 'seconds', from: 0, to: 150 },
      span: { ...ill, label: 'the database hangs' },
      panels: panelsOf(near),
    },
    seen: [...seenOfStack(near, slow, far), ...seenOfOthers(near, far)],
    table: tableOf(near, far),
    folder: 'cascade/',
    test: 'cascade.test.ts',
  }
}

async function resultsOf<N extends string>(
  names: readonly N[],
  { illness, networkMs }: { illness: keyof typeof illnesses; networkMs: number },
): Promise<Record<N, Points>> {
  const stacks = stacksOf()
  const results: [N, Points][] = []
  for (const name of names) {
    const run = { stack: named(stacks, name), illness: illnesses[illness], networkMs, seed: 20_261_124 }
    results.push([name, await runCascade(run)])
  }
  return Object.fromEntries(results) as Record<N, Points>
}

const attempt = `timeout({ ms: ${attemptMs.toLocaleString('en-US').replace(',', '_')} })`
const graded = Object.entries(grades).map(([name, grade]) => `${(grade * attemptMs) / 1_000} s at ${name}`)

const setUp: readonly string[] = [
  `Users call edge, edge calls orders, orders inventory, inventory the database. ${load} requests a second come at random moments: ${percent(buying)} need all of the chain, the others only browse, which orders answers by itself. Users wait for ${patienceMs / 1_000} s.`,
  `A service has ${serviceWorkers} workers. A request keeps one for ${serviceMs.before} ms ± 25 %, while the next service is called, and for ${serviceMs.after} ms more; ${serviceBacklog} requests may wait, the rest get a 503. The database has ${database.workers} workers at ${database.ms} ms ± 25 % and accepts all requests. Nobody notices that a caller has hung up. It is 1 ms from one to the next.`,
  `From second ${ill.from} to ${ill.to} the database answers nothing; after it, all that it has accepted, in turn.`,
  `own timeouts: \`${attempt}\` at each service, without or inside of \`retry()\`. graded timeouts: ${graded.join(', ')}.`,
  'deadlines: the same policies, in pipelines of `createRuntime` of `breakwater/node`. A call says in its header how long this attempt waits, and the service that is called works in that context. Users send theirs.',
  `usual stack: deadlines, and at each service, for each kind of request, \`timeout({ totalMs: 3_000 })\`, \`retry({ budget })\`, \`circuitBreaker()\`, \`bulkhead()\`, \`${attempt}\`: the durations have no default, everything else is as it comes. At edge a \`fallback\` is around them. open for 5 s: \`circuitBreaker({ maxOpenMs: 5_000 })\`.`,
  'A timeout is *cascading* when the one who gives up does not call the database: a user, edge or orders. What these call is well, only somebody further in is not. Each attempt that is given up counts, from the beginning to the end of the run. Timeouts of inventory are the outage itself and are not counted.',
]

function seenOfStack(near: Results, slow: Compared, far: Compared): readonly string[] {
  const { 'own timeouts, retries': retrying, 'own timeouts, no retry': once, 'usual stack': usual } = near
  return [
    `With timeouts of its own each service gives up for itself: ${cascading(once)} cascading timeouts, and ${cascading(retrying)} when each retries, as a request then keeps its workers three times as long and more are refused. The workers of edge wait for the database, so requests that do not need it fail too: of those who browse ${browsed(once)} and ${browsed(retrying)} are answered. Behind callers who are gone the work goes on: ${workerSeconds(once)} and ${workerSeconds(retrying)} worker-seconds for nobody.`,
    `The usual stack has ${cascading(usual)}: ${fewer(near)} fewer, and no request of a user fails. Those that need the database get the fallback's answer, all others their own. When the database is not dead but fifty times slower it is ${cascading(slow['usual stack'])} instead of ${cascading(slow['own timeouts, no retry'])} and ${cascading(slow['own timeouts, retries'])}: ${fewer(slow)} fewer. The test holds 90 % for both with several seeds, for attempts of 0.7 and 2 s, and at 5 ms from one to the next; at ${farMs} ms it is ${fewer(far)}, and further away it is less.`,
    `Each part has its share, the deadlines the smallest: without them the same stack has ${cascading(near['usual stack, no deadlines'])}, without breakers ${cascading(near['usual stack, no breakers'])}, without bulkheads ${cascading(near['usual stack, no bulkheads'])}. What is left are retries that begin shortly before the caller gives up, until the breakers open: with retries at edge only it has ${cascading(near['usual stack, retry at edge only'])}.`,
    `The usual stack is the last to come back, ${recovery(usual)} after the cause is gone: three breakers one behind the other have doubled their open times, and the trial of one succeeds only when those further in are closed. So in all it gives fewer full answers than deadlines alone. With \`maxOpenMs: 5_000\` it is back in ${recovery(near['usual stack, open for 5 s'])}, without breakers in ${recovery(near['usual stack, no breakers'])}.`,
  ]
}

function seenOfOthers(near: Results, far: Far): readonly string[] {
  const { 'own timeouts, retries': retrying, 'deadlines, retries': again, 'deadlines, no retry': once } = near
  return [
    `Deadlines alone, without retries, end the cascade where the way is short: ${cascading(once)}. A limit is what is left, rounded down by up to 4.5 %, so who is further in gives up a little earlier and still can say so. Users gain nothing if they need the database: ${whole(total(once, 'late'))} requests fail by a timeout all the same. Those who browse all get their answers, and hardly a worker is busy for nobody.`,
    `Deadlines alone do not end it when each service retries: ${cascading(again)}, as more requests get through than with timeouts of its own, and as an attempt that fits into what is left when it begins may still be cut. Nor where the way is long: ${cascading(far['deadlines, no retry'])} at ${farMs} ms, as the header says for how long from its arrival on. Retry in one place, and take the way off what you pass on.`,
    `Timeouts graded by hand keep the services apart as well, as long as there are free workers; then users time out in the queue of edge, ${whole(total(near['graded timeouts, no retry'], 'users'))} times.`,
    `What deadlines always do is to end work for nobody: ${workerSeconds(again)} worker-seconds with retries instead of ${workerSeconds(retrying)}.`,
  ]
}

function panelsOf(results: Results): Chapter['plot']['panels'] {
  const lines = (measure: 'cascading' | 'full') =>
    plotted.map((name) => bySecond(name, results[name], measure))
  const busy = plotted.map((name) => {
    const { points } = bySecond(name, results[name], 'wastedMs')
    return { name, points: points.map(({ x, y }) => ({ x, y: y / 1_000 })) }
  })
  return [
    { title: 'Cascading timeouts a second: of users, edge and orders', lines: lines('cascading') },
    { title: 'Requests answered in full, by the second in which they came', lines: lines('full') },
    { title: 'Workers of the services that are busy for a caller who is gone', lines: busy },
  ]
}

function tableOf(near: Results, far: Far): Chapter['table'] {
  const rows = [...plotted, ...further].map((name) => rowOf(name, near[name]))
  const farRows = (['deadlines, no retry', 'usual stack'] as const).map((name) =>
    rowOf(`${name}, ${farMs} ms apart`, far[name]),
  )
  return {
    head: [
      '',
      'cascading timeouts',
      'users + edge + orders',
      'of inventory',
      'requests failed by a timeout',
      'failed otherwise',
      'fallback',
      'answered in full',
      'those who browse, while it hangs',
      'worker-seconds for nobody',
      'back after',
    ],
    rows: [...rows, ...farRows],
  }
}

function rowOf(name: string, points: Points): readonly string[] {
  const count = (measure: Measure): string => whole(total(points, measure))
  const parts = `${count('users')} + ${count('edge')} + ${count('orders')}`
  const ends = [count('late'), count('failed'), count('degraded'), count('full')]
  const costs = [browsed(points), workerSeconds(points), recovery(points)]
  return [name, cascading(points), parts, count('inventory'), ...ends, ...costs]
}

type Measure = Exclude<keyof CascadePoint, 'second'>

function total(points: Points, measure: Measure): number {
  return points.reduce((sum, point) => sum + point[measure], 0)
}

function cascading(points: Points): string {
  return whole(total(points, 'cascading'))
}

function workerSeconds(points: Points): string {
  return whole(total(points, 'wastedMs') / 1_000)
}

/** Of the requests that do not need the database, while it is ill. */
function browsed(points: Points): string {
  const during = points.slice(ill.from, ill.to)
  return percent(total(during, 'browsed') / total(during, 'browsing'))
}

/** How many percent fewer cascading timeouts the usual stack has than each of those with timeouts of their own. */
function fewer(results: Compared): string {
  const ours = total(results['usual stack'], 'cascading')
  const share = (points: Points): string => (100 - (100 * ours) / total(points, 'cascading')).toFixed(1)
  return `${share(results['own timeouts, no retry'])} and ${share(results['own timeouts, retries'])} %`
}

function recovery(points: Points): string {
  const seconds = secondsToRecover(points, illnesses.hangs)
  return seconds === null ? 'more than a minute' : `${seconds} s`
}
