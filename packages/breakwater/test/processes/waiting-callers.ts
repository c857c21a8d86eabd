import { bulkhead } from '../../src/bulkhead/bulkhead.ts'
import { systemClock } from '../../src/clock/system-clock.ts'
import { pipeline } from '../../src/pipeline/pipeline.ts'
import { fixed } from '../../src/retry/backoff.ts'
import { retry } from '../../src/retry/retry.ts'

/** A caller in a backoff and one in a queue: both are waited for, so the process stays until they are through. */
const again = retry({ maxRetries: 1, backoff: fixed({ delayMs: 30 }) })
const line = pipeline({ policies: [again, bulkhead({ limit: 1, queue: 1 })] })
const first = line.run(async ({ attempt }) => {
  if (attempt === 0) throw new Error('broken')
  await systemClock.sleep(10)
  return `attempt ${attempt}`
})
const second = line.run(() => 'queued')

process.stdout.write((await Promise.all([first, second])).join(', '))
