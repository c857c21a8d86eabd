import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { mergeBuckets } from './latency-blob.ts'
import { migrate } from './migrate.ts'

/**
 * Opens the database of a folder, makes it when it is missing, and brings its tables up to date. Everything that is
 * committed survives a crash of the process and of the machine. No other process can open it meanwhile.
 *
 * @throws when another process has it open.
 */
export function openDatabase(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, 'hub.sqlite')
  const database = new DatabaseSync(path)
  try {
    database.exec(pragmas)
    database.function('merge_latency', { deterministic: true }, (a, b) =>
      mergeBuckets(asBytes(a), asBytes(b)),
    )
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw isLocked(error)
      ? new Error(`The database ${path} is in use by another hub`, { cause: error })
      : error
  }
}

// The page size and auto_vacuum only count before the first table is made. One writer that never shares the file
// needs no shared memory beside it.
const pragmas = `
  PRAGMA busy_timeout = 5000;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA page_size = 8192;
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -16384;
  PRAGMA temp_store = MEMORY;
  PRAGMA journal_size_limit = 67108864;
`

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes('database is locked')
}

function asBytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array()
}
