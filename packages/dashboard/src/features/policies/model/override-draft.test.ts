import { describe, expect, it } from 'vitest'
import { breakerView, overrideOf } from '../../../../test/fixtures/breaker.ts'
import { draftProblem, firstDraft } from './override-draft.ts'

const complete = { mode: 'forced-open', reason: 'the bank asked us to', by: 'Mara' } as const

describe('firstDraft()', () => {
  it('offers to give back what a person holds', () => {
    expect(firstDraft(breakerView({}, overrideOf('forced-open', 0)), 'Mara').mode).toBe('automatic')
  })

  it('offers to open what nobody holds', () => {
    expect(firstDraft(breakerView(), 'Mara')).toEqual({ mode: 'forced-open', reason: '', by: 'Mara' })
  })
})

describe('draftProblem()', () => {
  it('has none with a mode, a reason and a name', () => {
    expect(draftProblem(complete)).toBeUndefined()
  })

  it('asks who it is', () => {
    expect(draftProblem({ ...complete, by: ' ' })).toBe('Say who you are.')
  })

  it('asks why', () => {
    expect(draftProblem({ ...complete, reason: ' ' })).toMatch(/^Say why/)
  })

  it('takes 500 characters of reason, not 501', () => {
    expect(draftProblem({ ...complete, reason: 'x'.repeat(500) })).toBeUndefined()
    expect(draftProblem({ ...complete, reason: 'x'.repeat(501) })).toMatch(/500/)
  })

  it('takes 100 characters of name, not 101', () => {
    expect(draftProblem({ ...complete, by: 'x'.repeat(100) })).toBeUndefined()
    expect(draftProblem({ ...complete, by: 'x'.repeat(101) })).toMatch(/100/)
  })
})
