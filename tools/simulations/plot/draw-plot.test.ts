import { expect, test } from 'vitest'
import { drawPlot } from './draw-plot.ts'
import type { Line, Plot } from './plot.ts'

const line = (name: string, ...ys: number[]): Line => ({ name, points: ys.map((y, x) => ({ x, y })) })

function plot(lines: readonly Line[], more: Partial<Plot> = {}): Plot {
  const panels = [{ title: 'calls a second', lines }]
  return { description: 'what it shows', x: { title: 'seconds', from: 0, to: 2 }, panels, ...more }
}

test('drawPlot() scales the lines to the panel: 0 at the bottom, the highest point at the top', () => {
  const svg = drawPlot(plot([line('one', 0, 50, 100)]))

  expect(svg).toContain('<path class="line a" d="M56 246L400 171L744 96"/>')
})

test('drawPlot() names axes, lines and the plot itself in words', () => {
  const svg = drawPlot(plot([line('with a budget', 1, 2)]))
  const texts = [...svg.matchAll(/<t(?:ext|itle)[^>]*>([^<]*)</g)].map((match) => match[1])

  expect(texts).toEqual(
    expect.arrayContaining(['what it shows', 'with a budget', 'calls a second', 'seconds']),
  )
})

test('drawPlot() gives a line the same look in each panel, whatever its place there', () => {
  const svg = drawPlot(
    plot([], {
      panels: [
        { title: 'up', lines: [line('one', 1, 2), line('two', 2, 4)] },
        { title: 'down', lines: [line('two', 4, 0, 4)] },
      ],
    }),
  )

  expect(svg.match(/class="line b"/g)).toHaveLength(3)
  expect(svg.match(/class="line a"/g)).toHaveLength(2)
})

test('drawPlot() marks the span and the level that it is given', () => {
  const svg = drawPlot(
    plot([], {
      span: { from: 1, to: 2, label: 'overload' },
      panels: [{ title: 'up', lines: [line('one', 0, 100)], level: { y: 50, label: 'capacity' } }],
    }),
  )

  expect(svg).toContain('<rect class="span" x="400" y="96" width="344" height="150"/>')
  expect(svg).toContain('<path class="level" d="M56 171h688"/>')
  expect(svg).toContain('>overload<')
  expect(svg).toContain('>capacity<')
})

test('drawPlot() escapes text', () => {
  const svg = drawPlot(plot([line('<b> & "c"', 1)]))

  expect(svg).toContain('&lt;b&gt; &amp; &quot;c&quot;')
  expect(svg).not.toContain('<b>')
})

test('drawPlot() refuses more lines than can be told apart', () => {
  const lines = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => line(name, 1))

  expect(() => drawPlot(plot(lines))).toThrow(
    new RangeError('Cannot draw a plot of more than 5 lines: it has 6'),
  )
  expect(drawPlot(plot(lines.slice(1)))).toContain('class="line e"')
})

test('drawPlot() begins a new row of the legend when one is full, and makes room for it', () => {
  const heightOf = (svg: string): number => Number(/height="(\d+)"/.exec(svg)?.[1])
  const short = drawPlot(plot([line('a', 1), line('b', 1)]))
  const long = drawPlot(plot([line('a'.repeat(60), 1), line('b'.repeat(60), 1)]))

  expect(heightOf(long) - heightOf(short)).toBe(20)
})
