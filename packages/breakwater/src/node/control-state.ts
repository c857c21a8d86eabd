import type { ControlState, Override, OverrideMode } from '../protocol/index.ts'

const modes: ReadonlySet<unknown> = new Set<OverrideMode>(['forced-open', 'forced-closed', 'automatic'])
const mostOverrides = 2_000

/** Reads a state that came from the hub or from the disk; undefined when it is not one. */
export function parseControlState(text: string): ControlState | undefined {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return undefined
  const { revision, overrides } = value as Partial<Record<keyof ControlState, unknown>>
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 0) return undefined
  if (!Array.isArray(overrides) || overrides.length > mostOverrides) return undefined
  const valid = overrides.filter(isOverride)
  return valid.length === overrides.length ? { revision, overrides: valid } : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isOverride(value: unknown): value is Override {
  if (typeof value !== 'object' || value === null) return false
  const { service, policy, mode, reason, by, at } = value as Partial<Record<keyof Override, unknown>>
  const areTexts = [service, policy, reason, by].every((text) => typeof text === 'string')
  return areTexts && modes.has(mode) && typeof at === 'number'
}
