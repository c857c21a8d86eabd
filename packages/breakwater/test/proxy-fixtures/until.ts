import { nextMacrotask } from '../../src/clock/macrotask.ts'

/** Lets the event loop turn until the condition holds; the test's own time limit ends it when it never does. */
export async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await nextMacrotask()
}
