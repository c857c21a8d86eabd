/** A piece of code in a Markdown file that is marked as TypeScript. */
export interface Snippet {
  readonly code: string
  /** The line of the Markdown file on which the code starts, from 1. */
  readonly line: number
  /** False for a fence marked `ts no-run`: a whole program that needs what is not here. */
  readonly isRun: boolean
}

/**
 * The fences marked `ts` or `ts no-run`: whole programs that must compile, and run if they can. A fence marked `ts fragment`
 * is a part of one and is left out.
 */
export function snippetsOf(markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```(?:ts|typescript)([ \t]+no-run)?[ \t]*\n([\s\S]*?)^```/gm)].map(
    (match) => ({
      code: match[2] ?? '',
      line: markdown.slice(0, match.index).split('\n').length + 1,
      isRun: match[1] === undefined,
    }),
  )
}
