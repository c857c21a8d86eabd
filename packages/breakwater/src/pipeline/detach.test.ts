import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, it } from 'vitest'
import { cache } from '../cache/cache.ts'
import { fixed } from '../retry/backoff.ts'
import { retry } from '../retry/retry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { timeout } from '../timeout/timeout.ts'
import { pipeline, type PipelineOptions } from './pipeline.ts'
import type { Policy } from './policy.ts'

type Options = PipelineOptions<readonly Policy<unknown>[]>

/** A cache with a stale answer, before a call to which 5 ms are left. Each attempt of the work takes 50 ms. */
async function staleScene(options: Partial<Options> = {}, inner: readonly Policy[] = []) {
  const clock = new FakeClock()
  const deadline = new AsyncLocalStorage<number>()
  const remainingMs = (): number | undefined => {
    const at = deadline.getStore()
    return at === undefined ? undefined : at - clock.now()
  }
  const answers = cache({ ttlMs: 10, staleWhileRevalidateMs: 1_000, keyOf: () => 'a' })
  const policies = [answers, ...inner, timeout({ ms: 100 })]
  const line = pipeline({ policies, clock, remainingMs, ...options })
  await line.run(() => 'old')
  await clock.advance(20)
  const seen: (number | undefined)[] = []
  let attempts = 0
  const refresh = async (failures = 0, signal?: AbortSignal): Promise<unknown> => {
    const work = async (): Promise<string> => {
      seen.push(deadline.getStore())
      await clock.sleep(50)
      if (attempts++ < failures) throw new Error('not yet')
      return 'new'
    }
    const given = await deadline.run(clock.now() + 5, () =>
      line.run(work, signal === undefined ? {} : { signal }),
    )
    await clock.advance(300)
    return [given, answers.peek('unnamed', 'a')?.value]
  }
  const detach = (run: () => void): void => deadline.exit(run)
  return { refresh, seen, detach, deadline }
}

describe('what goes on behind an answer', () => {
  it('is not bound by what is left to the caller', async () => {
    const { refresh, seen } = await staleScene()

    expect(await refresh()).toEqual(['old', 'new'])
    expect(seen).toEqual([25])
  })

  it('is bound by its own timeouts', async () => {
    const { refresh } = await staleScene({}, [timeout({ totalMs: 40 })])

    expect(await refresh()).toEqual(['old', 'old'])
  })

  it('does not see the deadline in any attempt where the pipeline knows how to leave it', async () => {
    const storage: { exit?: (run: () => void) => void } = {}
    const detach = (run: () => void): void => storage.exit?.(run)
    const again = retry({ maxRetries: 2, backoff: fixed({ delayMs: 10 }) })
    const { refresh, seen, detach: exit } = await staleScene({ detach, keepContext: true }, [again])
    storage.exit = exit

    expect(await refresh(2)).toEqual(['old', 'new'])
    expect(seen).toEqual([undefined, undefined, undefined])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['does nothing', () => undefined],
    [
      'runs it twice',
      (run: () => void) => {
        run()
        run()
      },
    ],
    [
      'runs it and throws',
      (run: () => void) => {
        run()
        throw new Error('broken')
      },
    ],
  ])('runs once when the hook %s', async (_, detach) => {
    const { refresh, seen } = await staleScene({ detach })

    expect(await refresh()).toEqual(['old', 'new'])
    expect(seen).toHaveLength(1)
  })

  it('does not start an attempt for a caller that has aborted', async () => {
    const again = retry({ maxRetries: 1, backoff: fixed({ delayMs: 10 }) })
    const { refresh, seen } = await staleScene({}, [again])
    const controller = new AbortController()
    const refreshed = refresh(1, controller.signal)
    controller.abort()

    expect(await refreshed).toEqual(['old', 'old'])
    expect(seen).toHaveLength(1)
  })

  it('refuses a hook that is none', () => {
    expect(() => pipeline({ policies: [], ...({ detach: true } as object) })).toThrow(
      "Cannot create pipeline as 'detach' must be a function: current value is true",
    )
  })
})
