import { describe, expect, it } from 'vitest'
import {
  compareSeverity,
  isBusiness,
  isNetwork,
  isTechnical,
  isWithinCategory,
  notificationLevelOf,
  worseSeverity,
} from './taxonomy.ts'

describe('isWithinCategory()', () => {
  it('holds for the category itself and for each branch above it', () => {
    expect(isWithinCategory('technical/network', 'technical/network')).toBe(true)
    expect(isWithinCategory('technical/network', 'technical')).toBe(true)
    expect(isWithinCategory('technical/network', 'business')).toBe(false)
    expect(isWithinCategory('technical/network', 'technical/system')).toBe(false)
  })
})

describe('isTechnical(), isBusiness() and isNetwork()', () => {
  it('ask for one branch each', () => {
    expect([isTechnical('technical/security'), isTechnical('business/rule')]).toEqual([true, false])
    expect([isBusiness('business/conflict'), isBusiness('technical/system')]).toEqual([true, false])
    expect([isNetwork('technical/network'), isNetwork('technical/dependency')]).toEqual([true, false])
  })
})

describe('compareSeverity() and worseSeverity()', () => {
  it('order from low to fatal', () => {
    const shuffled = ['fatal', 'low', 'critical', 'high', 'medium'] as const

    expect([...shuffled].sort(compareSeverity)).toEqual(['low', 'medium', 'high', 'critical', 'fatal'])
    expect(worseSeverity('medium', 'high')).toBe('high')
    expect(worseSeverity('fatal', 'low')).toBe('fatal')
  })
})

describe('notificationLevelOf()', () => {
  it.each([
    ['low', 'info'],
    ['medium', 'warning'],
    ['high', 'error'],
    ['critical', 'critical'],
    ['fatal', 'critical'],
  ] as const)('turns %s into %s', (severity, level) => {
    expect(notificationLevelOf(severity)).toBe(level)
  })
})
