import type { BulkheadOptions } from './bulkhead-options.ts'

/** What each table of presets names. */
export interface BulkheadPresets {
  readonly story: 'critical_operations' | 'user_operations' | 'background_tasks'
  readonly enterprise:
    'database_connections' | 'redis_connections' | 'email_sending' | 'family_creation' | 'sbd_transactions'
}

type PresetEntry = Readonly<Required<Pick<BulkheadOptions, 'limit' | 'queue' | 'maxWaitMs'>>>

const story: Readonly<Record<BulkheadPresets['story'], PresetEntry>> = {
  critical_operations: { limit: 10, queue: 50, maxWaitMs: 30_000 },
  user_operations: { limit: 20, queue: 100, maxWaitMs: 60_000 },
  background_tasks: { limit: 5, queue: 200, maxWaitMs: 300_000 },
}

/** That table says nothing of queues: five for each slot, as the first two lines of the other have. */
const enterprise: Readonly<Record<BulkheadPresets['enterprise'], PresetEntry>> = {
  database_connections: { limit: 20, queue: 100, maxWaitMs: 10_000 },
  redis_connections: { limit: 15, queue: 75, maxWaitMs: 5_000 },
  email_sending: { limit: 10, queue: 50, maxWaitMs: 30_000 },
  family_creation: { limit: 5, queue: 25, maxWaitMs: 15_000 },
  sbd_transactions: { limit: 8, queue: 40, maxWaitMs: 20_000 },
}

const presets: Readonly<Record<keyof BulkheadPresets, Readonly<Record<string, PresetEntry>>>> =
  /* @__PURE__ */ Object.freeze({ story, enterprise })

/**
 * The options of a bulkhead from a table of presets, named like what it isolates.
 *
 * @throws {RangeError} when there is no such table, or it has no such name
 * @example
 * const critical = bulkhead(bulkheadPreset('story', 'critical_operations'))
 */
export function bulkheadPreset<Table extends keyof BulkheadPresets>(
  table: Table,
  name: BulkheadPresets[Table],
): BulkheadOptions {
  return { name, ...known(known(presets, table, 'table'), name, 'name') }
}

function known<Entry>(entries: Readonly<Record<string, Entry>>, name: string, what: string): Entry {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined
  if (entry !== undefined) return entry
  const names = Object.keys(entries).join(', ')
  throw new RangeError(
    `Cannot find ${what} of bulkheads as it must be one of ${names}: current value is ${name}`,
  )
}
