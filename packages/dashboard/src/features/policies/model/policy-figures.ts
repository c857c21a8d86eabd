import { formatCount } from '../../../shared/format/format-number.ts'

/** Named figures in one line, those above zero, the names written as words: `rejected 12, limit 400 ms`. */
export function figureWords(figures: Readonly<Record<string, number>>): string {
  return Object.entries(figures)
    .filter(([, value]) => value !== 0)
    .map(
      ([name, value]) =>
        `${spaced(name.replace(/Ms$/, ''))} ${figure(value)}${name.endsWith('Ms') ? ' ms' : ''}`,
    )
    .join(', ')
}

function figure(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(2)
}

function spaced(name: string): string {
  return name.replace(
    /([a-z])([A-Z])/g,
    (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  )
}
