/** How many lines can be told apart; a plot with more is refused. */
export const distinctLines = 5

/**
 * Colours of Okabe and Ito, which colour-blind readers can tell apart, darker on white and lighter on black; dashes tell
 * the lines apart without any colour, and the first lines are wider, so that they show below those that run on top of
 * them. The ground is drawn too, as the page around may be of the other kind.
 */
export const plotStyle: string = [
  'text{font:12px system-ui,sans-serif;fill:#333}',
  '.ground{fill:#fff}.grid{stroke:#ddd}.axis{stroke:#888}.span{fill:#000;opacity:.07}',
  '.level{stroke:#555;stroke-dasharray:2 3}.panel{font-weight:600}.point{font-size:13px;font-weight:700}.note{fill:#555;stroke:#fff;stroke-width:4px;paint-order:stroke}',
  '.line{fill:none;stroke-width:2;stroke-linejoin:round}',
  '.a{stroke:#b84c00}.b{stroke:#0064a3}.c{stroke:#007a57}.d{stroke:#a04a80}.e{stroke:#7a6200}',
  '.a{stroke-width:4.5}.b{stroke-width:3}.c{stroke-dasharray:7 3}.d{stroke-dasharray:2 2}.e{stroke-dasharray:9 3 2 3}',
  '@media (prefers-color-scheme:dark){',
  'text{fill:#ddd}.ground{fill:#0d1117}.grid{stroke:#2a3038}.axis{stroke:#888}.span{fill:#fff;opacity:.1}',
  '.level{stroke:#aaa}.note{fill:#aaa;stroke:#0d1117}',
  '.a{stroke:#ff8c42}.b{stroke:#56b4e9}.c{stroke:#2fd0a0}.d{stroke:#e39ac4}.e{stroke:#e6c84a}',
  '}',
].join('')

/** The classes that give the line of this number its look. */
export function lineLook(index: number): string {
  return `line ${'abcde'.charAt(index)}`
}
