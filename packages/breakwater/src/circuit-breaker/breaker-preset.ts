import { type BreakerProfile, breakerProfiles } from './breaker-profiles.ts'
import type { CircuitBreakerOptions } from './circuit-breaker-options.ts'
import { type EnterpriseService, enterprisePreset } from './enterprise-preset.ts'
import type { PresetEntry } from './preset-entry.ts'
import { type StoryService, storyPreset } from './story-preset.ts'

/** The services that each table of presets names. */
export interface PresetServices {
  readonly story: StoryService
  readonly enterprise: EnterpriseService
}

const presets: Readonly<Record<keyof PresetServices, Readonly<Record<string, PresetEntry>>>> =
  /* @__PURE__ */ Object.freeze({ story: storyPreset, enterprise: enterprisePreset })

/**
 * The options of a breaker from a table of presets, named like the service; what the table leaves open comes from the
 * service's profile, or from the one that is given.
 *
 * @throws {RangeError} when there is no such table, service or profile
 * @example
 * const database = circuitBreaker(breakerPreset('enterprise', 'database'))
 */
export function breakerPreset<Table extends keyof PresetServices>(
  table: Table,
  service: PresetServices[Table],
  profile?: BreakerProfile,
): CircuitBreakerOptions {
  const entries = known(presets, table, 'table')
  const { profile: usual, ...numbers } = known(entries, service, 'service')
  return { name: service, ...breakerProfile(profile ?? usual, numbers) }
}

/**
 * Options filled up from a profile; what they say themselves holds.
 *
 * @throws {RangeError} when there is no such profile
 */
export function breakerProfile(
  profile: BreakerProfile,
  options: CircuitBreakerOptions = {},
): CircuitBreakerOptions {
  const { failureRatio, minimumCalls, ...careful } = known(breakerProfiles, profile, 'profile')
  const isInARow = options.consecutiveFailures !== undefined
  return { ...(isInARow ? {} : { failureRatio, minimumCalls }), ...careful, ...options }
}

function known<Entry>(entries: Readonly<Record<string, Entry>>, name: string, what: string): Entry {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined
  if (entry !== undefined) return entry
  const names = Object.keys(entries).join(', ')
  throw new RangeError(
    `Cannot find ${what} of circuit breakers as it must be one of ${names}: current value is ${name}`,
  )
}
