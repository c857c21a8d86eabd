import { describe, expect, it } from 'vitest'
import { pipeline } from '../pipeline/pipeline.ts'
import type { FallbackStep } from './fallback-options.ts'
import { fallback } from './fallback.ts'

const answer = (): string => 'shelf'
const loose = fallback as (handler: unknown, options?: unknown) => unknown

describe('fallback()', () => {
  it('is called fallback unless told otherwise', () => {
    const names = [fallback(answer).name, fallback(answer, { name: 'stock' }).name]

    expect(names).toEqual(['fallback', 'stock'])
    expect(fallback(answer).kind).toBe('fallback')
  })

  it('rejects options of the wrong kind by name and value', () => {
    expect(() => loose(answer, { when: 1 })).toThrow(
      "Cannot create fallback as 'when' must be a function: current value is 1",
    )
    expect(() => loose(answer, { onEvent: 'log' })).toThrow(
      "Cannot create fallback as 'onEvent' must be a function: current value is 'log'",
    )
    expect(() => loose(answer, { name: 7 })).toThrow(
      "Cannot create fallback as 'name' must be a string: current value is 7",
    )
    expect(() => loose(answer, { wen: answer })).toThrow(
      "Cannot create fallback as 'wen' is not an option of it: the options are when, name, onEvent",
    )
  })

  it.each([
    [7, '7'],
    ['shelf', "'shelf'"],
    [{ answer }, 'an object'],
    [undefined, 'undefined'],
    [[], 'an empty list'],
  ])('rejects as handler %j', (handler, shown) => {
    expect(() => loose(handler)).toThrow(
      `Cannot create fallback as its handler must be a function: current value is ${shown}`,
    )
  })

  it('says which step of several is wrong', () => {
    expect(() => loose([answer, { when: 1, answer }])).toThrow(
      "Cannot create fallback as 'steps[1].when' must be a function: current value is 1",
    )
    expect(() => loose([answer, {}])).toThrow(
      "Cannot create fallback as 'steps[1].answer' must be a function: current value is undefined",
    )
    expect(() => loose([answer, { name: 7, answer }])).toThrow(
      "Cannot create fallback step 2 as 'name' must be a string: current value is 7",
    )
    expect(() => loose([answer, { anwser: answer }])).toThrow(
      "Cannot create fallback step 2 as 'anwser' is not an option of it: the options are name, when, answer",
    )
    expect(() => loose([answer, 7])).toThrow(
      'Cannot create fallback step 2 as its options must be an object: current value is 7',
    )
  })

  it('keeps its steps when the list that it was made of changes later', async () => {
    const steps: FallbackStep<string>[] = [{ answer }]
    const line = pipeline({ policies: [fallback(steps)] })
    steps[0] = { answer: () => 'other' }

    expect(await line.run(() => Promise.reject(new Error('down')))).toBe('shelf')
  })
})
