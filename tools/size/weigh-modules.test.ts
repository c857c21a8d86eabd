import { expect, test } from 'vitest'
import { weighModules } from './weigh-modules.ts'

test('weighModules() lists the heaviest module first and leaves out what came to nothing', () => {
  const light = { path: `${process.cwd()}/src/light.ts`, code: 'const one = 1;' }
  const heavy = {
    path: `${process.cwd()}/src/heavy.ts`,
    code: 'const text = "a sentence of its own, quite long";',
  }
  const types = { path: `${process.cwd()}/src/types.ts`, code: '' }

  const weights = weighModules([light, heavy, types])

  expect(weights.map(({ path }) => path)).toEqual(['src/heavy.ts', 'src/light.ts'])
  expect(weights[0]?.gzipBytes).toBeGreaterThan(20)
})
