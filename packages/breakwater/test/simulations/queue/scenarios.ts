import type { QueueRun } from './queue-run.ts'

/** Who of a queue goes first, by name: what tests assert and plots show. Numbers that are not given are the library's defaults. */
export const queues: Readonly<Record<string, QueueRun>> = {
  fifo: { order: 'fifo' },
  'fifo, at most 500 ms': { order: 'fifo', maxWaitMs: 500 },
  lifo: { order: 'lifo' },
  codel: { order: 'codel' },
}
