/** A place on a plot, in the units of its axes. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A line of a panel. Lines of the same name have the same colour and dashes in all panels of a plot. */
export interface Line {
  readonly name: string
  readonly points: readonly Point[]
}

/** A value worth comparing with, drawn across a panel. */
export interface Level {
  readonly y: number
  readonly label: string
}

/** One diagram of a plot; all share the horizontal axis. */
export interface Panel {
  /** What the vertical axis counts, with its unit. */
  readonly title: string
  readonly lines: readonly Line[]
  /** Where the vertical axis ends at least; a point above it lengthens it. @default the highest point */
  readonly to?: number
  readonly level?: Level
}

/** The horizontal axis. */
export interface HorizontalAxis {
  readonly title: string
  readonly from: number
  readonly to: number
}

/** A stretch of the horizontal axis in which something is the case. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly label: string
}

/** Lines over time, in panels one above the other. */
export interface Plot {
  /** The point of the plot in a sentence: its headline, and read aloud in place of the picture. */
  readonly description: string
  readonly x: HorizontalAxis
  readonly span?: Span
  readonly panels: readonly Panel[]
}
