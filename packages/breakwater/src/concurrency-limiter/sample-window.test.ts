import { describe, expect, it } from 'vitest'
import type { LimitEstimator, LimitSample } from './limit-algorithm.ts'
import { SampleWindow } from './sample-window.ts'
import { sampleWindowDefaults } from './window-options.ts'

function recorder(): LimitEstimator & { readonly seen: LimitSample[] } {
  const seen: LimitSample[] = []
  return { seen, update: (sample) => seen.push(sample) }
}

const sample = (rttMs: number, own: Partial<LimitSample> = {}): LimitSample => ({
  ...{ rttMs, inFlight: 1, isDrop: false },
  ...own,
})

describe('SampleWindow', () => {
  it('calculateAverage, droppedSampleShouldChangeTrackedAverage (Netflix, ImmutableAverageSampleWindowTest)', () => {
    const estimator = recorder()
    const window = new SampleWindow({ ...sampleWindowDefaults, minSamples: 1 }, estimator)
    window.add(sample(1), 1)
    for (const rttMs of [5_000, 500, 10]) window.add(sample(rttMs), 500)

    window.add(sample(5_000, { isDrop: true }), 5_000)

    expect(estimator.seen[0]).toEqual({ rttMs: 1, inFlight: 1, isDrop: false })
    expect(estimator.seen[1]).toEqual({ rttMs: (5_000 + 500 + 10 + 5_000) / 4, inFlight: 1, isDrop: true })
  })

  it('tells the most that ran at once, and forgets it with the window', () => {
    const estimator = recorder()
    const window = new SampleWindow({ ...sampleWindowDefaults, minSamples: 1 }, estimator)
    window.add(sample(1, { inFlight: 7 }), 1)
    for (const [inFlight, now] of [
      [3, 10],
      [9, 20],
      [4, 1_002],
      [2, 2_004],
    ] as const)
      window.add(sample(1, { inFlight }), now)

    expect(estimator.seen.map(({ inFlight }) => inFlight)).toEqual([7, 9, 2])
  })

  it.each([
    { samples: 9, taught: 0 },
    { samples: 10, taught: 1 },
    { samples: 11, taught: 1 },
  ])('a window of $samples calls teaches $taught times', ({ samples, taught }) => {
    const estimator = recorder()
    const window = new SampleWindow(sampleWindowDefaults, estimator)
    window.add(sample(1), 1)
    for (let i = 0; i < samples - 1; i++) window.add(sample(1), 500)

    window.add(sample(1), 1_002)

    expect(estimator.seen).toHaveLength(taught)
  })

  it('does not look at calls below minRttMs', () => {
    const estimator = recorder()
    const window = new SampleWindow({ ...sampleWindowDefaults, minSamples: 1 }, estimator)

    expect([window.add(sample(0.099), 1), window.add(sample(0.1), 2)]).toEqual([undefined, 1])
  })

  it('lasts twice the shortest time, between minMs and maxMs', () => {
    const estimator = recorder()
    const window = new SampleWindow({ ...sampleWindowDefaults, minSamples: 1, maxMs: 3_000 }, estimator)
    window.add(sample(1_200), 1_200)
    const verdicts = [3_600, 3_601].map((now) => window.add(sample(1_200), now))

    expect(verdicts).toEqual([undefined, 2])
  })
})
