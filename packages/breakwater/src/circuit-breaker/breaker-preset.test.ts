import { describe, expect, it } from 'vitest'
import { breakerPreset, breakerProfile } from './breaker-preset.ts'
import { circuitBreaker } from './circuit-breaker.ts'

describe('breakerPreset()', () => {
  it.each([
    ['microsoft_graph' as const, 3, 120_000, 2],
    ['redis' as const, 5, 30_000, 3],
    ['database' as const, 3, 60_000, 2],
  ])(
    'story: %s opens after %i failures for %i ms with %i trials at once',
    (service, failures, openMs, trials) => {
      const { thresholds } = circuitBreaker(breakerPreset('story', service)).diagnose()

      expect(thresholds).toMatchObject({ consecutiveFailures: failures, openMs, halfOpenLimit: trials })
    },
  )

  it.each([
    ['database' as const, 5, 60_000, 3],
    ['redis' as const, 3, 30_000, 2],
    ['email' as const, 10, 120_000, 1],
    ['family_operations' as const, 5, 45_000, 2],
    ['sbd_operations' as const, 3, 30_000, 3],
  ])(
    'enterprise: %s opens after %i failures for %i ms and closes after %i',
    (service, failures, openMs, needed) => {
      const { thresholds } = circuitBreaker(breakerPreset('enterprise', service)).diagnose()

      expect(thresholds).toMatchObject({ consecutiveFailures: failures, openMs, successThreshold: needed })
    },
  )

  it('names the breaker like the service', () => {
    expect(circuitBreaker(breakerPreset('enterprise', 'email')).name).toBe('email')
  })

  it('a profile that is given replaces the usual one', () => {
    expect(breakerPreset('enterprise', 'email', 'conservative')).toMatchObject({ successThreshold: 3 })
  })

  it.each([
    [() => breakerPreset('tale' as 'story', 'redis'), 'table', 'story, enterprise', 'tale'],
    [
      () => breakerPreset('story', 'toString' as 'redis'),
      'service',
      'microsoft_graph, redis, database',
      'toString',
    ],
    [() => breakerProfile('bold' as 'balanced'), 'profile', 'conservative, balanced, aggressive', 'bold'],
  ])('refuses what it does not know, and names what there is', (find, what, names, value) => {
    expect(find).toThrow(
      new RangeError(
        `Cannot find ${what} of circuit breakers as it must be one of ${names}: current value is ${value}`,
      ),
    )
  })
})

describe('breakerProfile()', () => {
  it('conservative opens early, asks for three proofs in turn and lets load come back in three steps', () => {
    expect(breakerProfile('conservative')).toEqual({
      ...{ failureRatio: 0.3, minimumCalls: 10, halfOpenLimit: 1, successThreshold: 3, maxOpenMs: 600_000 },
      ramp: { steps: [0.1, 0.3, 0.6], stepMs: 5_000, minimumCalls: 3 },
    })
  })

  it('balanced asks for two proofs, both at once, and lets load come back in two steps', () => {
    expect(breakerProfile('balanced')).toEqual({
      ...{ failureRatio: 0.5, minimumCalls: 20, halfOpenLimit: 2, successThreshold: 2, maxOpenMs: 300_000 },
      ramp: { steps: [0.25, 0.5], stepMs: 5_000 },
    })
  })

  it('aggressive opens late, asks for one proof of three and lets all load come back', () => {
    expect(breakerProfile('aggressive')).toEqual({
      ...{ failureRatio: 0.7, minimumCalls: 40, halfOpenLimit: 3, successThreshold: 1, maxOpenMs: 180_000 },
    })
  })

  it('sets no ratio rule of a breaker that counts failures in a row', () => {
    const options = breakerProfile('aggressive', { consecutiveFailures: 4 })

    expect(options).toEqual({
      ...{ consecutiveFailures: 4, halfOpenLimit: 3, successThreshold: 1, maxOpenMs: 180_000 },
    })
  })

  it('sets the ratio rule of a breaker by ratio, and what the options say holds', () => {
    const options = breakerProfile('conservative', { minimumCalls: 7 })

    expect(circuitBreaker(options).diagnose().thresholds).toMatchObject({
      failureRatio: 0.3,
      minimumCalls: 7,
    })
  })
})
