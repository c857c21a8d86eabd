import type { Point } from './plot.ts'

/** The `d` of an SVG path through points on the canvas, to a tenth of a pixel, without points that lie on a level stretch. */
export function linePath(points: readonly Point[]): string {
  const rounded = points.map(({ x, y }) => ({ x: tenth(x), y: tenth(y) }))
  const kept = rounded.filter(({ y }, index) => y !== rounded[index - 1]?.y || y !== rounded[index + 1]?.y)
  return kept.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
