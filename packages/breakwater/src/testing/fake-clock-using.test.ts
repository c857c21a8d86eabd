import { expect, it } from 'vitest'
import { FakeClock } from './fake-clock.ts'

it('FakeClock fails the test at its end when a sleeper is left, if it was declared with using', async () => {
  const leak = (): void => {
    using clock = new FakeClock()
    void clock.sleep(250)
  }
  const clean = async (): Promise<void> => {
    using clock = new FakeClock()
    const slept = clock.sleep(250)
    await clock.advance(250)
    await slept
  }

  expect(leak).toThrow('Expected nothing to wait for the clock, but due in ms: 250')
  await expect(clean()).resolves.toBeUndefined()
})
