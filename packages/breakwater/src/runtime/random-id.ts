import type { Random } from '../random/random.ts'

/** A name that nobody else has, for all practical purposes: 96 random bits as 24 hex digits. */
export function randomId(random: Random): string {
  const part = (): string =>
    Math.floor(random.next() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0')
  return part() + part() + part()
}
