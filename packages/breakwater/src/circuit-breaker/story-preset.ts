import type { PresetEntry } from './preset-entry.ts'

/** What the table `story` names. */
export type StoryService = 'microsoft_graph' | 'redis' | 'database'

/** The table `story`: thresholds, open times, and how many trials may run at once. */
export const storyPreset: Readonly<Record<StoryService, PresetEntry>> = /* @__PURE__ */ Object.freeze({
  microsoft_graph: { consecutiveFailures: 3, openMs: 120_000, halfOpenLimit: 2, profile: 'balanced' },
  redis: { consecutiveFailures: 5, openMs: 30_000, halfOpenLimit: 3, profile: 'balanced' },
  database: { consecutiveFailures: 3, openMs: 60_000, halfOpenLimit: 2, profile: 'balanced' },
})
