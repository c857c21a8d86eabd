import type { Row } from './row.ts'
import type { Settings } from './settings.ts'

/** One benchmark: its rows are one table. */
export interface Suite {
  readonly name: string
  /** One sentence or more: what is compared, and what to know about a contestant. */
  readonly about: string
  run(settings: Settings): Promise<Row[]>
}
