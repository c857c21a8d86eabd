import { describe, expect, it } from 'vitest'
import { serviceSummary } from '../../../../test/fixtures/overview.ts'
import { matchServices, serviceFilterWords } from './match-services.ts'

const services = [
  serviceSummary('b', 'ok'),
  serviceSummary('a', 'ok'),
  serviceSummary('Payments', 'failing'),
  serviceSummary('silent', 'unknown'),
]

describe('matchServices()', () => {
  it('puts the worst first and those alike by name', () => {
    expect(matchServices(services, { q: '', state: '' }).map(({ service }) => service)).toEqual([
      'Payments',
      'silent',
      'a',
      'b',
    ])
  })

  it('finds a part of the name in any case', () => {
    expect(matchServices(services, { q: 'pay', state: '' }).map(({ service }) => service)).toEqual([
      'Payments',
    ])
  })

  it('keeps those in a state', () => {
    expect(matchServices(services, { q: '', state: 'unknown' })).toHaveLength(1)
  })
})

describe('serviceFilterWords()', () => {
  it('writes the filters as one would type them', () => {
    expect(serviceFilterWords({ q: 'pay', state: 'ok' })).toBe('state:ok "pay"')
  })
})
