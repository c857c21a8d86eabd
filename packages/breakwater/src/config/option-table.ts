import { checkNames } from './check-option.ts'
import type { OptionRule } from './option-rules.ts'

/** What each option must be, in the order in which an error lists their names. */
export type OptionTable<Options> = Readonly<Record<keyof Options, OptionRule>>

/**
 * Checks options by their table; one that is undefined is left to its default.
 *
 * @throws {RangeError | TypeError} that names the option and its value
 */
export function checkOptions<Options extends object>(
  what: string,
  options: Options,
  table: OptionTable<Options>,
): void {
  checkNames(what, options, Object.keys(table))
  for (const [field, rule] of Object.entries<OptionRule>(table)) {
    const value: unknown = Reflect.get(options, field)
    if (value !== undefined) rule(what, field, value)
  }
}
