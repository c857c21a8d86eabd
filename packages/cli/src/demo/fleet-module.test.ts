import { expect, test } from 'vitest'
import { loadFleet } from './fleet-module.ts'

test('loadFleet() finds the example fleet of the workspace', async () => {
  const fleet = await loadFleet()

  expect(fleet.runReport).toBeTypeOf('function')
  expect(fleet.formatReport).toBeTypeOf('function')
})

test('loadFleet() says what to do where the fleet is not installed', async () => {
  const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })

  await expect(loadFleet(() => Promise.reject(missing))).rejects.toThrow(
    'The demo fleet is not part of this installation: clone the repository',
  )
})

test('loadFleet() passes on what goes wrong inside the fleet', async () => {
  const broken = new SyntaxError('broken')

  await expect(loadFleet(() => Promise.reject(broken))).rejects.toBe(broken)
})
