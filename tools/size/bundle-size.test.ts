import { expect, test } from 'vitest'
import { bundleSize } from './bundle-size.ts'

test('bundleSize() counts only what is imported', async () => {
  const random = await bundleSize(['systemRandom'])
  const both = await bundleSize(['systemRandom', 'exponential'])

  expect(random).toBeGreaterThan(20)
  expect(both).toBeGreaterThan(random)
}, 60_000)
