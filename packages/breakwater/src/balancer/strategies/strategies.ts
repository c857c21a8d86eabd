import { leastLoaded } from './least-loaded.ts'
import { p2c } from './p2c.ts'
import { roundRobin } from './round-robin.ts'
import type { Strategy } from './strategy.ts'
import { weighted } from './weighted.ts'

/** The ways to choose an endpoint, by the name that the option has. */
export type StrategyName = 'p2c' | 'least-loaded' | 'round-robin' | 'weighted'

/** The list of them: a further one is a file beside these and a line here. */
export const strategies: Readonly<Record<StrategyName, Strategy>> = Object.freeze({
  p2c,
  'least-loaded': leastLoaded,
  'round-robin': roundRobin,
  weighted,
})
