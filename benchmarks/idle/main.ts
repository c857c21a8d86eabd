import { writeSync } from 'node:fs'
import { milliseconds, pause } from '../clock/stopwatch.ts'
import { collectAll } from '../harness/garbage.ts'
import { keyNames } from '../harness/keys.ts'
import type { Work } from '../harness/work.ts'
import type { IdleFigures, IdleQuestion } from './idle-figures.ts'
import type { IdleKind, IdleMaker, IdleThings } from './idle-kind.ts'
import { idleKinds } from './idle-kinds.ts'

/** What a process does after its start and after a collection is over by then. */
const settleMs = 200
/** So many are called at once: some wait for timers at each call. */
const callsAtOnce = 1_000

const work: Work = async () => 42

async function measure(question: IdleQuestion): Promise<IdleFigures> {
  const { count, idleMs } = question
  const { make } = await makerOf(question)
  const names = keyNames(count)
  await make(names.slice(0, 10))
  const before = memoryInUse()
  const held = async (): Promise<number> => {
    await pause(Math.min(settleMs, idleMs))
    return (memoryInUse() - before) / count
  }
  const start = milliseconds()
  const things = await make(names)
  const made = { ns: ((milliseconds() - start) * 1e6) / count, bytes: await held() }
  const callStart = milliseconds()
  await callEach(things)
  const called = { ns: ((milliseconds() - callStart) * 1e6) / count, bytes: await held() }
  await pause(Math.min(settleMs, idleMs))
  return { made, called, restNs: (await cpuAtRest(idleMs)) / things.held.length }
}

async function makerOf({ suite, contestant }: IdleQuestion): Promise<IdleMaker> {
  const kind: IdleKind = await idleKinds[suite]()
  const maker = kind[contestant]
  if (maker === undefined) throw new Error(`Cannot measure '${contestant}' in '${suite}': it is not there`)
  return maker
}

async function callEach({ held, call }: IdleThings): Promise<void> {
  for (let first = 0; first < held.length; first += callsAtOnce) {
    const last = Math.min(held.length, first + callsAtOnce)
    const calls: unknown[] = []
    for (let index = first; index < last; index++) calls.push(call(index, work))
    await Promise.all(calls)
  }
}

function memoryInUse(): number {
  collectAll()
  collectAll()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Nanoseconds of CPU in a second without any call. */
async function cpuAtRest(ms: number): Promise<number> {
  const before = process.cpuUsage()
  await pause(ms)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * 1_000 * 1_000) / ms
}

const figures = await measure(JSON.parse(process.argv[2] ?? '{}') as IdleQuestion)
writeSync(process.stdout.fd, JSON.stringify(figures))
// Timers that a contestant left behind would keep the process.
process.exit(0)
