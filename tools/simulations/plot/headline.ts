import { escapeText } from './escape-text.ts'

const lineHeight = 20
/** Of the widest of the fonts that `system-ui` may be. */
const signWidth = 8.2
const gapBelow = 10

/** A sentence above a plot, in as many lines as the width asks for. */
export function headline(
  text: string,
  place: { readonly x: number; readonly y: number; readonly width: number },
): { readonly svg: string; readonly height: number } {
  const lines = linesOf(text, Math.floor(place.width / signWidth))
  const svg = lines.map((line, row) => {
    const y = place.y + row * lineHeight + 14
    return `<text class="point" x="${place.x}" y="${y}">${escapeText(line)}</text>`
  })
  return { svg: svg.join(''), height: lines.length * lineHeight + gapBelow }
}

function linesOf(text: string, longest: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > longest) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}
