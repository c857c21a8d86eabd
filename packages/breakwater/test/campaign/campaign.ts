import { seededRandom } from '../../src/random/seeded-random.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { Dependency } from './dependency.ts'
import { type Fault, scheduleOf } from './fault-schedule.ts'
import { type Answer, type Handler, plainHandler, protectedHandler } from './service.ts'

const dependencies: readonly string[] = ['network', 'database', 'auth', 'search', 'mail']
/** Requests that the service can have under way at once, whatever they are for. */
const places = 60
/** A client waits for so long. */
const patienceMs = 3_000
const requestEveryMs = 25
const lengthMs = 180_000

/** One request, as its client saw it. */
export interface Seen {
  readonly at: number
  /** What was wrong with the dependency that it was for, when it came. */
  readonly fault: Fault | undefined
  readonly end: Answer | 'failed'
}

/** Plays one schedule of faults against a service, with the policies or without. */
export async function runCampaign(seed: number, isProtected: boolean): Promise<readonly Seen[]> {
  const clock = new FakeClock()
  const random = seededRandom(seed)
  const faults = scheduleOf(dependencies, seededRandom(seed + 1), lengthMs)
  const all = dependencies.map((name) => new Dependency(name, { clock, random, faults }))
  const handlers = all.map((one) => (isProtected ? protectedHandler(one, clock, random) : plainHandler(one)))
  const seen: Seen[] = []
  let underWay = 0
  const ask = async (handle: Handler): Promise<Seen['end']> => {
    if (underWay >= places) return 'failed'
    underWay++
    const answer = handle().finally(() => underWay--)
    return Promise.race([answer, clock.sleep(patienceMs).then(() => 'failed' as const)]).catch(() => 'failed')
  }
  for (let i = 0; i < lengthMs / requestEveryMs; i++) {
    const which = i % all.length
    const [at, fault] = [clock.now(), all[which]?.fault]
    void ask(handlers[which] as Handler).then((end) => seen.push({ at, fault, end }))
    await clock.advance(requestEveryMs)
  }
  await clock.advance(60_000)
  return seen
}

/** The share of requests that were not answered. */
export function failedShare(seen: readonly Seen[]): number {
  return seen.filter(({ end }) => end === 'failed').length / seen.length
}

/** Times in which requests failed: those with less than 2 s between them are one. */
export function outagesOf(seen: readonly Seen[]): readonly { from: number; until: number }[] {
  const outages: { from: number; until: number }[] = []
  for (const { at } of seen.filter(({ end }) => end === 'failed').toSorted((a, b) => a.at - b.at)) {
    const last = outages.at(-1)
    if (last !== undefined && at - last.until < 2_000) last.until = at
    else outages.push({ from: at, until: at })
  }
  return outages
}
