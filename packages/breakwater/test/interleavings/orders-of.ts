/** All different orders of a few steps; those that are alike are not told apart. */
export function ordersOf(steps: readonly string[]): readonly (readonly string[])[] {
  if (steps.length === 0) return [[]]
  return [...new Set(steps)].flatMap((first) => {
    const at = steps.indexOf(first)
    const rest = steps.filter((_, index) => index !== at)
    return ordersOf(rest).map((order) => [first, ...order])
  })
}
