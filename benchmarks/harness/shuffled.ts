import type { Random } from 'breakwater'

/** The values in an order drawn from `random` (Fisher-Yates). */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const rest = [...values]
  const drawn: T[] = []
  while (rest.length > 0) drawn.push(...rest.splice(Math.floor(random.next() * rest.length), 1))
  return drawn
}
