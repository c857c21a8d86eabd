import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const execute = promisify(execFile)

/** Runs a script of `processes/` in a Node process of its own; rejects when that fails or does not end. */
async function run(script: string): Promise<string> {
  const path = fileURLToPath(new URL(`processes/${script}`, import.meta.url))
  const { stdout } = await execute(process.execPath, ['--conditions=breakwater-source', path], {
    timeout: 9_000,
  })
  return stdout
}

describe('timers and the life of the process', () => {
  it('Rule 5: an open breaker and timeouts that are over keep no process alive', async () => {
    const { state, lingeredMs } = JSON.parse(await run('idle-policies.ts')) as Record<string, unknown>

    expect(state).toBe('open')
    expect(lingeredMs).toBeLessThan(1_000)
  })

  it('Rule 5: a deadline over a pending call fires although nothing else keeps the process alive', async () => {
    expect(await run('pending-deadline.ts')).toBe("TimeoutError: Operation 'unnamed' took longer than 40 ms")
  })

  it('Rule 5: it does so again after the ticker has stopped', async () => {
    const text = "TimeoutError: Operation 'unnamed' took longer than 20 ms\n"

    expect(await run('pending-deadline-of-callback.ts')).toBe(text + text)
  })

  it('Rule 5: callers in a backoff and in a queue are waited for', async () => {
    expect(await run('waiting-callers.ts')).toBe('attempt 1, queued')
  })
})
