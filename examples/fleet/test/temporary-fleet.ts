import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Fleet, startFleet } from '../src/fleet/fleet.ts'

/** A fleet of real processes on free ports, in a folder of its own. */
export interface TemporaryFleet extends AsyncDisposable {
  readonly fleet: Fleet
}

/** Starts a fleet for one test; `await using` ends it and removes its folder. */
export async function temporaryFleet(ratePerSecond: number): Promise<TemporaryFleet> {
  const dataDir = await mkdtemp(join(tmpdir(), 'breakwater-fleet-test-'))
  const fleet = await startFleet({ dataDir, hubPort: 0, ratePerSecond, seed: 1 })
  const dispose = async (): Promise<void> => {
    await fleet.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { fleet, [Symbol.asyncDispose]: dispose }
}
