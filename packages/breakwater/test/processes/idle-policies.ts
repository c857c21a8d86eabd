import { circuitBreaker } from '../../src/circuit-breaker/circuit-breaker.ts'
import { systemClock } from '../../src/clock/system-clock.ts'
import { pipeline } from '../../src/pipeline/pipeline.ts'
import { timeout } from '../../src/timeout/timeout.ts'

/** Uses a breaker and long timeouts, leaves the circuit open, and says at exit how long it took from there. */
const breaker = circuitBreaker({ consecutiveFailures: 1, openMs: 60_000 })
const line = pipeline({ policies: [timeout({ totalMs: 120_000 }), breaker, timeout({ ms: 60_000 })] })

await line.run(async () => 'fine')
await line.tryRun(() => Promise.reject(new Error('broken')))
const doneAt = systemClock.now()
process.on('exit', () => {
  process.stdout.write(JSON.stringify({ state: breaker.state, lingeredMs: systemClock.now() - doneAt }))
})
