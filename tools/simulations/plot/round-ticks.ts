/** Round numbers from 0 to at least `to`, about `count` of them: where an axis has its marks. */
export function roundTicks(to: number, count = 4): number[] {
  const rough = Math.max(to, Number.MIN_VALUE) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? rough
  const ticks = Math.ceil(to / step - 1e-9)
  return Array.from({ length: ticks + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}
