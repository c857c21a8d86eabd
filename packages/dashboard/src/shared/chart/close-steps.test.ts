import { describe, expect, it } from 'vitest'
import { closeSteps } from './close-steps.ts'

describe('closeSteps()', () => {
  it('draws the last step as wide as the others', () => {
    expect(closeSteps({ at: [0, 5], columns: [[1, 2]] }, 20)).toEqual({
      at: [0, 5, 10],
      columns: [[1, 2, 2]],
    })
  })

  it('ends a step that is not over at the end of what is shown', () => {
    expect(closeSteps({ at: [0, 5], columns: [[1, 2]] }, 7).at).toEqual([0, 5, 7])
  })

  it('draws a single step to the end', () => {
    expect(closeSteps({ at: [5], columns: [[1], [null]] }, 7)).toEqual({
      at: [5, 7],
      columns: [
        [1, 1],
        [null, null],
      ],
    })
  })

  it('leaves a chart without a step alone', () => {
    expect(closeSteps({ at: [], columns: [[]] }, 7)).toEqual({ at: [], columns: [[]] })
  })
})
