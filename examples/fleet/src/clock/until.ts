import type { Clock } from './clock.ts'

/** How long {@link until} looks, and how often. */
export interface UntilOptions {
  readonly withinMs: number
  /** @default 50 */
  readonly everyMs?: number
  readonly signal?: AbortSignal
}

/** Asks again and again until the answer is not undefined; undefined when the time is over. */
export async function until<T>(
  clock: Clock,
  look: () => T | undefined | Promise<T | undefined>,
  { withinMs, everyMs = 50, signal }: UntilOptions,
): Promise<T | undefined> {
  const end = clock.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined || clock.now() >= end) return found
    await clock.sleep(everyMs, signal)
  }
}
