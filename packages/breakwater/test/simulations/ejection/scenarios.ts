import type { BalancerSetting } from './ejection-run.ts'
import { endpoints, type Illness } from './fleet.ts'

/** What happens to one endpoint of ten, by name. */
export const illnesses: Readonly<Record<'dead' | 'slow' | 'flaky', Illness>> = {
  dead: { from: 10, to: 70, endpoints: 1, failing: 1 },
  slow: { from: 10, to: 70, endpoints: 1, times: 20 },
  flaky: { from: 10, to: 70, endpoints: 1, failing: 0.3 },
}

/** How calls are balanced when one endpoint is ill, by name. Numbers that are not given are the library's defaults. */
export const settings: Readonly<Record<string, BalancerSetting>> = {
  'round robin, no ejection': { strategy: 'round-robin', outlierEjection: false },
  'round robin, ejection': { strategy: 'round-robin' },
  'p2c, no ejection': { outlierEjection: false },
  'p2c, ejection: the default': {},
}

/** Two of five requests fail, wherever they go: the fault is behind the endpoints, or in the calls. */
export const commonFault: Illness = { from: 10, to: 40, endpoints, failing: 0.4 }

/** How much may be ejected when all endpoints fail alike, by name. */
export const caps: Readonly<Record<string, BalancerSetting>> = {
  'no ejection': { outlierEjection: false },
  'at most a tenth: the default': {},
  'at most a half': { outlierEjection: { maxEjectedRatio: 0.5 } },
  'no cap': { outlierEjection: { maxEjectedRatio: 1 } },
  'no cap, no panic': { outlierEjection: { maxEjectedRatio: 1 }, panicRatio: 0 },
}
