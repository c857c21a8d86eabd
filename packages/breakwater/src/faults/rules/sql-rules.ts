import { type BuiltInRule, classification, type Verdict, verdictsFor } from '../classification.ts'
import { readProperty } from '../read-property.ts'
import {
  conflictPermanent,
  conflictTransient,
  dependencyBusy,
  dependencyPermanent,
  dependencyTransient,
  invalidInput,
  networkTransient,
  resourcePermanent,
  resourceExhausted,
  ruleViolated,
  securityAction,
  systemPermanent,
} from './verdicts.ts'

/** SQLSTATE: five characters, of which the first two are the class. Single states come before their class. */
const states = verdictsFor([
  [conflictTransient, '40001 40P01 40003 55P03 55006'],
  [conflictPermanent, '23505'],
  [dependencyBusy, '53300 57P04 57P05'],
  [resourcePermanent, '53100'],
  [resourceExhausted, '53200 53400'],
  [dependencyTransient, '57P01 57P02 57P03 25P03 57014'],
  [dependencyPermanent, '08P01 08004'],
  [securityAction, '28000 28P01 42501'],
])

const stateClasses = verdictsFor([
  [networkTransient, '08'],
  [conflictTransient, '40'],
  [resourceExhausted, '53'],
  [dependencyTransient, '57 58'],
  [invalidInput, '22 21'],
  [ruleViolated, '23 44 27 P0'],
  [securityAction, '28'],
  [systemPermanent, '42 3D 3F 26 34 0A 2F 38 39 54 25 2D 2B 0Z 0P 09 0B'],
  [dependencyPermanent, 'XX F0 HV 55'],
])

const sqlite = verdictsFor([
  [conflictTransient, 'SQLITE_BUSY SQLITE_LOCKED SQLITE_PROTOCOL 5 6 15'],
  [ruleViolated, 'SQLITE_CONSTRAINT 19'],
  [resourcePermanent, 'SQLITE_FULL SQLITE_IOERR SQLITE_READONLY 13 10 8'],
  [resourceExhausted, 'SQLITE_NOMEM 7'],
  [dependencyPermanent, 'SQLITE_CORRUPT SQLITE_NOTADB SQLITE_CANTOPEN 11 26 14'],
  [invalidInput, 'SQLITE_MISMATCH SQLITE_RANGE SQLITE_TOOBIG 20 25 18'],
  [systemPermanent, 'SQLITE_ERROR SQLITE_MISUSE SQLITE_SCHEMA 1 21 17'],
])

/** SQLSTATE (PostgreSQL and other databases) and SQLite's result codes. */
export const sqlRule: BuiltInRule = ({ code, error }) => {
  if (code === 'ERR_SQLITE_ERROR') return sqliteNumber(readProperty(error, 'errcode'))
  if (code.startsWith('SQLITE_')) return sqliteName(code)
  if (code.length !== 5 || !/^[0-9A-Z]{5}$/.test(code) || !/\d/.test(code)) return undefined
  const verdict = states.get(code) ?? stateClasses.get(code.slice(0, 2))
  return verdict === undefined ? undefined : classification(verdict, `sql:${code}`)
}

/** Extended names begin with the primary one: `SQLITE_BUSY_SNAPSHOT`, `SQLITE_CONSTRAINT_UNIQUE`. */
function sqliteName(code: string): ReturnType<BuiltInRule> {
  if (/_(UNIQUE|PRIMARYKEY|ROWID)$/.test(code)) return classification(conflictPermanent, `sqlite:${code}`)
  const primary = code.split('_', 2).join('_')
  return sqliteVerdict(sqlite.get(primary), code)
}

/** The low 8 bits of an extended code are the primary one. */
function sqliteNumber(code: unknown): ReturnType<BuiltInRule> {
  if (typeof code !== 'number') return classification(systemPermanent, 'sqlite')
  if (code === 1555 || code === 2067 || code === 2579)
    return classification(conflictPermanent, `sqlite:${String(code)}`)
  return sqliteVerdict(sqlite.get(String(code & 255)), String(code))
}

function sqliteVerdict(verdict: Verdict | undefined, code: string): ReturnType<BuiltInRule> {
  return classification(verdict ?? systemPermanent, `sqlite:${code}`)
}
