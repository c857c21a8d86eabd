import { checkNames, checkNumbers } from '../config/check-option.ts'
import { type Backoff, type Jitter, jittered } from './jitter.ts'

/** Options of {@link fibonacci}. */
export interface FibonacciOptions {
  /** The wait before the first and before the second retry, before jitter; ≥ 0. @default 100 */
  readonly initialMs?: number
  /** No wait is longer; ≥ 0. @default 20_000 */
  readonly maxMs?: number
  /** How chance spreads the waits. @default 'full' */
  readonly jitter?: Jitter
}

/** The last number of the sequence that a double holds exactly; later ones are above any cap. */
const lastExact = 78

/**
 * Waits that grow as the Fibonacci numbers do: `initialMs` × 1, 1, 2, 3, 5, 8 …, capped at `maxMs`, then spread by
 * jitter. Each is about 1.6 times the one before: gentler than doubling.
 *
 * @throws {RangeError | TypeError} when an option is out of range
 */
export function fibonacci(options: FibonacciOptions = {}): Backoff {
  checkNames('fibonacci backoff', options, ['initialMs', 'maxMs', 'jitter'])
  checkNumbers('fibonacci backoff', options, { initialMs: { min: 0 }, maxMs: { min: 0 } })
  const { initialMs = 100, maxMs = 20_000, jitter = 'full' } = options
  return jittered((retry) => initialMs * fibonacciNumber(retry), { maxMs, jitter })
}

function fibonacciNumber(n: number): number {
  let [current, next] = [0, 1]
  for (let i = 0; i < Math.min(n, lastExact); i++) [current, next] = [next, current + next]
  return current
}
