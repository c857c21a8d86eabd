import { milliseconds } from '../clock/stopwatch.ts'
import { collectAll, collectYoung } from './garbage.ts'
import { heapGrowth } from './heap-growth.ts'
import { type Loop, type LoopKind, makeLoop, stepOf } from './loop.ts'
import type { Row } from './row.ts'
import type { Settings } from './settings.ts'
import { shuffled } from './shuffled.ts'
import { median, quotients } from './statistics.ts'

/** A contestant that is set up for one case. */
export interface Trial {
  /** The measured call. */
  readonly call: () => unknown
  /** Put in place before each batch, not measured. */
  readonly before?: () => unknown
  /** Stops its timers. */
  readonly dispose?: () => unknown
}

/** By name, how each contestant is set up. One is called `bare`. */
export type Contestants = Readonly<Record<string, () => Trial | Promise<Trial>>>

/** What is compared in one case. */
export interface Case {
  readonly suite: string
  readonly case: string
  readonly loop: LoopKind
  readonly contestants: Contestants
  /** At most so many calls in a batch. @default as many as take a batch's time */
  readonly maxCalls?: number
  /** Runs each batch in surroundings of its own. @default none */
  readonly around?: (batch: () => Promise<void>) => Promise<void>
}

interface Runner {
  readonly contestant: string
  readonly trial: Trial
  readonly loop: Loop
  readonly calls: number
  /** Takes part in each so many-th round: what takes seconds would hold up the others. */
  readonly every: number
  /** NaN for the rounds without it. */
  readonly times: number[]
}

/** Measures the contestants of cases side by side, one case after the other. */
export async function compareAll(cases: readonly Case[], settings: Settings): Promise<Row[]> {
  const rows: Row[] = []
  for (const each of cases) rows.push(...(await compare(each, settings)))
  return rows
}

/** Measures the contestants of a case side by side: each round runs each once, in an order drawn anew. */
export async function compare(what: Case, settings: Settings): Promise<Row[]> {
  const runners: Runner[] = []
  for (const [contestant, make] of Object.entries(what.contestants)) {
    runners.push(await prepare(contestant, await make(), { what, settings }))
  }
  collectAll()
  for (let round = 0; round < settings.rounds; round++) {
    for (const runner of shuffled(runners, settings.random)) {
      const isDue = round % runner.every === 0
      runner.times.push(isDue ? await timeOf(runner, what) : NaN)
    }
  }
  const rows: Row[] = []
  for (const runner of runners) rows.push(await rowOf(runner, runners, { what, settings }))
  for (const { trial } of runners) await trial.dispose?.()
  return rows
}

interface Task {
  readonly what: Case
  readonly settings: Settings
}

/** Warms the contestant up, and finds how many calls take a batch's time. */
async function prepare(contestant: string, trial: Trial, { what, settings }: Task): Promise<Runner> {
  const loop = makeLoop(what.loop)
  const step = stepOf(what.loop)
  const runner = { contestant, trial, loop, times: [] }
  let calls = step
  let ms = 0
  for (let spent = 0; spent < settings.warmUpMs;) {
    ms = ((await timeOf({ ...runner, calls }, what)) * calls) / 1e6
    spent += Math.max(ms, 0.01)
    const wanted = Math.min((settings.batchMs / Math.max(ms, 0.001)) * calls, 8 * calls)
    calls = Math.max(1, Math.floor(Math.min(wanted, what.maxCalls ?? Infinity) / step)) * step
  }
  return { ...runner, calls, every: ms > slowMs ? 5 : 1 }
}

const slowMs = 500

/** Nanoseconds a call. */
async function timeOf(
  { trial, loop, calls }: Pick<Runner, 'trial' | 'loop' | 'calls'>,
  { around = alone }: Case,
): Promise<number> {
  await trial.before?.()
  collectYoung()
  const start = milliseconds()
  await around(() => loop(trial.call, calls))
  return ((milliseconds() - start) * 1e6) / calls
}

const alone: NonNullable<Case['around']> = (batch) => batch()

async function rowOf(
  { contestant, trial, loop, calls: inRound, every, times }: Runner,
  runners: readonly Runner[],
  { what, settings }: Task,
): Promise<Row> {
  const bare = runners.find((runner) => runner.contestant === 'bare')
  if (bare === undefined) throw new Error(`Cannot compare in suite '${what.suite}': it has no 'bare'`)
  await trial.before?.()
  const { around = alone } = what
  const batch = (calls: number): Promise<void> => around(() => loop(trial.call, calls))
  const tries = every === 1 ? settings.heapTries : 1
  const bytes = await heapGrowth(batch, { tries, step: stepOf(what.loop), maxCalls: 2 * inRound })
  return {
    ...{ suite: what.suite, contestant, case: what.case },
    ns: round(median(times), 1),
    ratio: round(median(quotients(times, bare.times)), 3),
    bytes: round(bytes, 0),
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
