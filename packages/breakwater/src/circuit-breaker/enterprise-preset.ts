import type { PresetEntry } from './preset-entry.ts'

/** What the table `enterprise` names. */
export type EnterpriseService = 'database' | 'redis' | 'email' | 'family_operations' | 'sbd_operations'

/** The table `enterprise`: thresholds and open times, and the profile of each service. */
export const enterprisePreset: Readonly<Record<EnterpriseService, PresetEntry>> =
  /* @__PURE__ */ Object.freeze({
    database: { consecutiveFailures: 5, openMs: 60_000, profile: 'conservative' },
    redis: { consecutiveFailures: 3, openMs: 30_000, profile: 'balanced' },
    email: { consecutiveFailures: 10, openMs: 120_000, profile: 'aggressive' },
    family_operations: { consecutiveFailures: 5, openMs: 45_000, profile: 'balanced' },
    sbd_operations: { consecutiveFailures: 3, openMs: 30_000, profile: 'conservative' },
  })
