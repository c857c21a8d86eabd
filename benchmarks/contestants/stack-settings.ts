/** What all stacks are set up with. */
export const stackSettings = Object.freeze({
  totalMs: 30_000,
  attemptMs: 2_000,
  maxRetries: 3,
  limit: 10,
  queue: 50,
  delayMs: 200,
  maxDelayMs: 20_000,
})

/** What the fallback says. */
export const answer = (): string => 'instead'
