import { writeSync } from 'node:fs'
import { milliseconds, pause } from '../clock/stopwatch.ts'
import { idleBreakers, type MakeIdleBreakers } from './idle-breakers.ts'
import { collectAll } from '../harness/garbage.ts'
import type { IdleFigures, IdleQuestion } from './idle-figures.ts'

/** What a process does after its start and after a collection is over by then. */
const settleMs = 200

async function measure({ contestant, count, isCalled, idleMs }: IdleQuestion): Promise<IdleFigures> {
  const make = makerOf(contestant)
  const names = Array.from({ length: count }, (_, index) => `tenant-${index}`)
  make(names.slice(0, 10))
  const before = memoryInUse()
  const start = milliseconds()
  const breakers = make(names)
  const makeNs = ((milliseconds() - start) * 1e6) / count
  if (isCalled) await breakers.callEach()
  await pause(Math.min(settleMs, idleMs))
  const bytes = (memoryInUse() - before) / breakers.held.length
  await pause(Math.min(settleMs, idleMs))
  return { makeNs, bytes, restNs: (await cpuAtRest(idleMs)) / breakers.held.length }
}

function makerOf(contestant: string): MakeIdleBreakers {
  const make = idleBreakers[contestant]
  if (make === undefined) throw new Error(`Cannot measure idle breakers of '${contestant}': it has none`)
  return make
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
