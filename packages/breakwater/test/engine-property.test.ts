import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scenarios } from './engine/scenario.ts'
import { World } from './engine/world.ts'

describe('pipeline engine', () => {
  it('keeps calls apart, frees all it took and settles each call once, in any pipeline', async () => {
    const property = fc.asyncProperty(scenarios(false), async (scenario) => {
      const { complaints } = await World.play(scenario)
      expect(complaints).toEqual([])
    })

    await fc.assert(property, { numRuns: 250 })
  })

  it('does so when user code aborts calls and starts others in the middle of it', async () => {
    const property = fc.asyncProperty(scenarios(true), async (scenario) => {
      const { complaints } = await World.play(scenario)
      expect(complaints).toEqual([])
    })

    await fc.assert(property, { numRuns: 250 })
  })
})
