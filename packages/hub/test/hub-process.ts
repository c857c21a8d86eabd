import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A hub in a process of its own. */
export interface HubProcess {
  readonly url: string
  readonly pid: number
  /** Sends a signal and waits until the process is gone; answers its exit code, null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts a hub in a process of its own and waits for the line with its URL. */
export async function startHubProcess(args: readonly string[]): Promise<HubProcess> {
  const child = spawnHub(args)
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  const [url] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as unknown[]
  if (typeof url !== 'string') throw new Error(`The hub ended with ${String(url)}`)
  return {
    url,
    pid: child.pid ?? 0,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const exited = once(child, 'exit')
      child.kill(signal)
      const [code] = (await exited) as [number | null]
      return code
    },
  }
}

/** Runs a hub that ends by itself: its exit code and what it wrote. */
export async function runHub(
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawnHub(args, 'pipe')
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout?.toArray(),
    child.stderr?.toArray(),
    once(child, 'exit') as Promise<[number]>,
  ])
  return { code, stdout: (stdout ?? []).join(''), stderr: (stderr ?? []).join('') }
}

function spawnHub(args: readonly string[], stderr: 'inherit' | 'pipe' = 'inherit'): ChildProcess {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  return spawn(process.execPath, ['--conditions=breakwater-source', main, ...args], {
    stdio: ['ignore', 'pipe', stderr],
  })
}
