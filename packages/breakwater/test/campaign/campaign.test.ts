import { describe, expect, it } from 'vitest'
import { failedShare, outagesOf, runCampaign, type Seen } from './campaign.ts'
import { faultKinds } from './fault-schedule.ts'

const seeds: readonly number[] = [1, 2, 3, 4, 5, 6].map((n) => 20_261_200 + n)
const runAll = (isProtected: boolean): Promise<readonly (readonly Seen[])[]> =>
  Promise.all(seeds.map((seed) => runCampaign(seed, isProtected)))
const [plain, kept] = [await runAll(false), await runAll(true)]

const healthy = (seen: readonly Seen[]): readonly Seen[] => seen.filter(({ fault }) => fault === undefined)
const lengthOf = (outages: ReturnType<typeof outagesOf>): number =>
  outages.reduce((sum, { from, until }) => sum + until - from, 0)
const inFault =
  (kind: string): ((seen: readonly Seen[]) => readonly Seen[]) =>
  (seen) =>
    seen.filter(({ fault }) => fault?.kind === kind)
const share = (seen: readonly Seen[], end: Seen['end']): number =>
  seen.filter((one) => one.end === end).length / seen.length

describe('a service whose dependencies fail in turn, with our policies and without', () => {
  it('answers 99.9 % of the requests with each schedule, and without them fails one in twelve', () => {
    expect(kept.map((seen) => failedShare(seen) < 0.001)).toEqual(seeds.map(() => true))
    expect(failedShare(plain.flat())).toBeGreaterThan(1 / 12)
  })

  it('fails 95 % fewer requests', () => {
    const [without, withThem] = [failedShare(plain.flat()), failedShare(kept.flat())]

    expect(withThem).toBeLessThanOrEqual(0.05 * without)
  })

  it('fails no request for what is well, with any schedule, while a fault elsewhere fails many without them', () => {
    expect(kept.map((seen) => share(healthy(seen), 'failed'))).toEqual(seeds.map(() => 0))
    expect(share(healthy(plain.flat()), 'failed')).toBeGreaterThan(0.02)
  })

  it('answers 95 % of the requests for what is well with all that they asked for, with each schedule', () => {
    expect(kept.map((seen) => share(healthy(seen), 'full') > 0.95)).toEqual(seeds.map(() => true))
  })

  it.each(faultKinds)('answers, if with less, requests for what is ill with: %s', (kind) => {
    expect(share(inFault(kind)(kept.flat()), 'failed')).toBeLessThan(0.001)
    expect(inFault(kind)(kept.flat()).length).toBeGreaterThan(50)
  })

  it('has at most half of the outages, which last less than two fifths as long', () => {
    const [without, withThem] = [plain.flatMap(outagesOf), kept.flatMap(outagesOf)]

    expect(without.length).toBeGreaterThan(12)
    expect(withThem.length).toBeLessThanOrEqual(without.length / 2)
    expect(lengthOf(withThem)).toBeLessThanOrEqual(0.4 * lengthOf(without))
  })

  it('gives more full answers in all than without them', () => {
    expect(share(kept.flat(), 'full')).toBeGreaterThan(share(plain.flat(), 'full'))
  })
})
