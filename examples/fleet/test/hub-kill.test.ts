import { expect, test } from 'vitest'
import { runHubKills } from '../src/hub-kill/run-hub-kills.ts'

test(
  'the hub killed ten times under load has counted what the services counted, and no user noticed',
  {
    timeout: 90_000,
  },
  async () => {
    const figures = await runHubKills({ kills: 10, ratePerSecond: 30, seed: 7, calmMs: 2_000 })

    expect(figures.books.mismatches).toEqual([])
    expect(figures.books.compared).toBe(28)
    expect(figures.books.calls).toBeGreaterThan(1_000)
    expect(figures.killed.errors).toBe(0)
    expect(figures.killed.p50 ?? 0).toBeLessThan(20 * Math.max(1, figures.calm.p50 ?? 1))
  },
)
