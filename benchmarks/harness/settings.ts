import type { Random } from 'breakwater'

/** How much is measured. */
export interface Settings {
  readonly rounds: number
  /** How long one contestant runs in one round. */
  readonly batchMs: number
  readonly warmUpMs: number
  /** How often the heap growth of a batch is taken. */
  readonly heapTries: number
  /** How many calls the windows of the suite `window` hold. */
  readonly windowSizes: readonly number[]
  /** How many things the suites `idle` make. */
  readonly idleThings: number
  readonly idleMs: number
  /** Draws the order of the contestants; seeded, so that a run can be repeated. */
  readonly random: Random
}

const thorough: Omit<Settings, 'random' | 'rounds'> = {
  batchMs: 20,
  warmUpMs: 120,
  heapTries: 9,
  windowSizes: [0, 1_000, 10_000, 100_000],
  idleThings: 100_000,
  idleMs: 2_000,
}
const quick: typeof thorough = {
  batchMs: 1,
  warmUpMs: 2,
  heapTries: 3,
  windowSizes: [0, 1_000],
  idleThings: 1_000,
  idleMs: 20,
}

/** The settings of a run: a thorough one gives figures, a quick one only shows that everything runs. */
export function settingsOf(options: {
  readonly isQuick: boolean
  readonly rounds: number | undefined
  readonly random: Random
}): Settings {
  const { isQuick, random } = options
  const rounds = options.rounds ?? (isQuick ? 2 : 15)
  return { ...(isQuick ? quick : thorough), rounds, random }
}
