import { checkNumbers, type NumberRule } from '../config/check-option.ts'

/** A slot that comes free is given to the tier with the best right by looking at each: they are few. */
const mostTiers = 16

const shareRule: NumberRule = { min: 0, max: 1, isAboveMin: true }

/**
 * Checks the shares of a bulkhead's tiers.
 *
 * @throws {RangeError | TypeError} when there are none or too many, when a share is out of range, when they are more
 * than 1 together, or when there is no queue in which a tier could wait for what it lent
 */
export function checkTiers(tiers: Readonly<Record<string, number>>, queue: number): void {
  if (typeof tiers !== 'object' || tiers === null)
    throw new TypeError("Cannot create bulkhead as 'tiers' must be an object")
  const names = Object.keys(tiers)
  if (names.length < 1 || names.length > mostTiers)
    throw new RangeError(
      `Cannot create bulkhead as 'tiers' must be 1 to ${mostTiers}: current number is ${names.length}`,
    )
  checkNumbers('bulkhead tiers', tiers, Object.fromEntries(names.map((name) => [name, shareRule])))
  const sum = Object.values(tiers).reduce((all, share) => all + share, 0)
  if (!(sum <= 1 + 1e-9))
    throw new RangeError(
      `Cannot create bulkhead as the shares of 'tiers' must be at most 1 together: current sum is ${sum}`,
    )
  if (queue === 0)
    throw new RangeError(
      "Cannot create bulkhead as 'tiers' need a queue >= 1 in which a tier waits for what it lent",
    )
}
