import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextMacrotask } from './macrotask.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** What happens while a macrotask is waited for, when each microtask queues another one. */
async function order(): Promise<readonly string[]> {
  const happened: string[] = []
  const turn = nextMacrotask().then(() => happened.push('macrotask'))
  await Promise.resolve()
  happened.push('first')
  await Promise.resolve()
  happened.push('second')
  await turn
  return happened
}

describe('nextMacrotask()', () => {
  it('resolves after all microtasks, those too that they queue', async () => {
    expect(await order()).toEqual(['first', 'second', 'macrotask'])
  })

  it('does so without setImmediate as well, as in browsers, where ports have to be started and closed', async () => {
    vi.stubGlobal('setImmediate', undefined)
    const start = vi.spyOn(MessagePort.prototype, 'start')
    const close = vi.spyOn(MessagePort.prototype, 'close')

    expect(await order()).toEqual(['first', 'second', 'macrotask'])
    expect(start).toHaveBeenCalledTimes(1)
    expect(close).toHaveBeenCalledTimes(1)
  })
})
