import {
  capacity,
  overload,
  patienceMs,
  queue,
  type QueuePoint,
  runQueue,
  service,
} from '../../../packages/breakwater/test/simulations/queue/queue-run.ts'
import { queues } from '../../../packages/breakwater/test/simulations/queue/scenarios.ts'
import type { Chapter } from './chapter.ts'
import { percent, whole } from './figures.ts'
import { bySecond, highest, mean, named } from './series.ts'

type Name = 'fifo' | 'codel' | 'lifo' | 'fifo, at most 500 ms'
type Results = Readonly<Record<Name, readonly QueuePoint[]>>

const during = { from: 20, to: overload.to }
const after = { from: overload.to, to: 50 }

/** A queue in overload, and who of it goes first. */
export async function queueChapter(): Promise<Chapter> {
  const results: Results = {
    fifo: await runQueue(named(queues, 'fifo')),
    codel: await runQueue(named(queues, 'codel')),
    lifo: await runQueue(named(queues, 'lifo')),
    'fifo, at most 500 ms': await runQueue(named(queues, 'fifo, at most 500 ms')),
  }
  return {
    id: 'queue',
    title: 'A queue in overload: first in first out, last in first out, controlled delay',
    question:
      'More calls arrive than can be answered, and people leave who wait too long. Who of the queue should go first?',
    setUp,
    plot: {
      description:
        'In overload a fair queue answers only people who have left; controlled delay answers as many as it can within 0.2 s and drops the rest',
      x: { title: 'seconds', from: 0, to: 60 },
      span: { ...overload, label: '30 % more calls than can be answered' },
      panels: panelsOf(results),
    },
    seen: seenIn(results),
    table: tableOf(results),
    folder: 'queue/',
    test: 'queue.test.ts',
  }
}

const setUp: readonly string[] = [
  `\`bulkhead({ limit: ${service.limit}, queue: 1_000, order })\` before work of ${service.ms} ms ± 25 %: ${capacity} calls a second at most.`,
  `${capacity / 2} calls a second; from second ${overload.from} to ${overload.to}, ${overload.calls}.`,
  `Callers leave after ${whole(patienceMs)} ms without a word, as behind a proxy that does not close its connections: their calls stay in the queue, and are worked on.`,
  'fifo: who came first. lifo: who came last. codel: who came first, but once the queue stands who came last, and who has waited for more than 10 ms is dropped; its numbers are the defaults. fifo, at most 500 ms: `maxWaitMs: 500`.',
]

function seenIn(results: Results): readonly string[] {
  const { fifo, codel, lifo } = results
  const bounded = results['fifo, at most 500 ms']
  return [
    `First in, first out is fair to all and good for none: after four seconds everybody waits for longer than people do, ${whole(mean(fifo, 'late', during))} answers a second go to callers who have left and ${whole(mean(fifo, 'goodput', during))} to those who are there. After the overload the queue of ${whole(queue)} is worked off for nobody.`,
    `Last in, first out answers those who have just come: ${whole(mean(lifo, 'goodput', during))} a second in time. Those it has passed over stay in the queue; when the overload is over it spends ${whole(mean(lifo, 'late', after))} answers a second on people who have long left, the last of them ${whole(highest(lifo, 'slowestMs') / 1_000)} s after they came.`,
    `Controlled delay is fair while there is room, and turns when the queue stands: ${whole(mean(codel, 'goodput', during))} answers a second in time, ${percent(mean(codel, 'goodput', during) / capacity)} of the capacity, 95 % within ${whole(mean(codel, 'p95Ms', during))} ms, and none for nobody. Who is dropped hears so at the next free slot after 10 ms, and can try elsewhere.`,
    `A limit to the wait keeps the goodput too, if you know how long people wait; but everybody waits for all of it: 95 % take ${whole(mean(bounded, 'p95Ms', during))} ms.`,
  ]
}

function panelsOf(results: Results): Chapter['plot']['panels'] {
  const lines = (measure: 'goodput' | 'late' | 'p95Ms') =>
    Object.entries(results).map(([name, points]) => bySecond(name, points, measure))
  return [
    {
      title: 'Goodput: answers a second that reach a caller who is still there',
      lines: lines('goodput'),
      to: 230,
      level: { y: capacity, label: 'capacity' },
    },
    { title: 'Answers a second for callers who have left', lines: lines('late'), to: 230 },
    {
      title: 'What 95 % of the callers wait at most, milliseconds (they leave after 1,000)',
      lines: lines('p95Ms'),
    },
  ]
}

function tableOf(results: Results): Chapter['table'] {
  return {
    head: [
      '',
      'goodput in the overload',
      'of the capacity',
      'answers for nobody',
      'refused',
      '95 % wait at most',
      'slowest answer',
      'answers for nobody, 10 s after it',
    ],
    rows: Object.entries(results).map(([name, points]) => [
      name,
      `${whole(mean(points, 'goodput', during))} /s`,
      percent(mean(points, 'goodput', during) / capacity),
      `${whole(mean(points, 'late', during))} /s`,
      `${whole(mean(points, 'refused', during))} /s`,
      `${whole(mean(points, 'p95Ms', during))} ms`,
      `${(highest(points, 'slowestMs') / 1_000).toFixed(1)} s`,
      `${whole(mean(points, 'late', after))} /s`,
    ]),
  }
}
