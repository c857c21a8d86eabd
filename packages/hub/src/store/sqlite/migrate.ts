import type { DatabaseSync } from 'node:sqlite'
import { sql000001 } from './sql/000001.ts'

const migrations: readonly string[] = [sql000001]

/**
 * Brings a database to this version's tables, each migration in a transaction of its own.
 *
 * @throws when the database was written by a newer hub.
 */
export function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
  if (version > migrations.length) {
    throw new Error(
      `The database has version ${version} and this hub knows ${migrations.length}: use a newer hub`,
    )
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue
    database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT`)
  }
}
