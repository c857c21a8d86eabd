/** A piece of code in a Markdown file that is marked as TypeScript. */
export interface Snippet {
  readonly code: string
  /** The line of the Markdown file on which the code starts, from 1. */
  readonly line: number
}

/** The fences marked `ts`, whole programs that must compile. A fence marked `ts fragment` is a part of one and is left out. */
export function snippetsOf(markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```(?:ts|typescript)[ \t]*\n([\s\S]*?)^```/gm)].map((match) => ({
    code: match[1] ?? '',
    line: markdown.slice(0, match.index).split('\n').length + 1,
  }))
}
