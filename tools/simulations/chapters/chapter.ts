import type { Plot } from '../plot/plot.ts'

/** A table of results; the first cell of each row says what it is about. */
export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What the page says of one simulation. Its numbers come from the run that the plot shows. */
export interface Chapter {
  /** Names the picture: `simulation-<id>.svg`. */
  readonly id: string
  readonly title: string
  readonly question: string
  readonly setUp: readonly string[]
  readonly plot: Plot
  readonly seen: readonly string[]
  readonly table: Table
  /** The folder of the simulation and its test, below the folder of simulations; '' for that itself. */
  readonly folder: string
  readonly test: string
}
