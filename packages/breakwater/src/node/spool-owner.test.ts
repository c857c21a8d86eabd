import { describe, expect, it } from 'vitest'
import { isAbandoned, type SpoolOwner } from './spool-owner.ts'

const self = { pid: 10, host: 'here', processStartedAt: 50_000, now: 1_000_000 }

describe('isAbandoned()', () => {
  it('is true as soon as the process is gone from this machine', () => {
    expect(isAbandoned(owner({ heartbeatAt: 999_999 }), self, () => false)).toBe(true)
  })

  it('is false while the process runs, until 10 min of silence say that it is another one', () => {
    expect(isAbandoned(owner({ heartbeatAt: 400_000 }), self, () => true)).toBe(false)
    expect(isAbandoned(owner({ heartbeatAt: 399_999 }), self, () => true)).toBe(true)
  })

  it('goes by 60 s of silence when the owner ran on another machine', () => {
    expect(isAbandoned(owner({ host: 'there', heartbeatAt: 940_000 }), self, () => false)).toBe(false)
    expect(isAbandoned(owner({ host: 'there', heartbeatAt: 939_999 }), self, () => true)).toBe(true)
  })

  it('tells a predecessor with our own pid by its start', () => {
    expect(isAbandoned(owner({ pid: 10, processStartedAt: 50_000 }), self, () => true)).toBe(false)
    expect(isAbandoned(owner({ pid: 10, processStartedAt: 47_000 }), self, () => true)).toBe(true)
  })
})

function owner(overrides: Partial<SpoolOwner>): SpoolOwner {
  const identity = { service: 'shop', instance: 'a', startedAt: 1 }
  return { identity, pid: 11, host: 'here', processStartedAt: 1, heartbeatAt: 1_000_000, ...overrides }
}
