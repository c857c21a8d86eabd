import type { Random } from './random.ts'

/** The engine's own generator; the default wherever a source of chance can be given. Not for secrets. */
export const systemRandom: Random = { next: () => Math.random() }
