import { resolve } from 'node:path'
import { systemClock } from './clock/system-clock.ts'
import { type FleetConfig, helpText, readConfig } from './config/config.ts'
import { FleetOptionError } from './config/fleet-option-error.ts'
import { startFleet } from './fleet/fleet.ts'
import { isPortFree } from './fleet/free-port.ts'
import { onInterrupt } from './process/on-interrupt.ts'

async function run({ port, dataDir, ratePerSecond, seed }: FleetConfig): Promise<void> {
  const hubPort = (await isPortFree(port)) ? port : 0
  if (hubPort !== port) process.stderr.write(`Port ${port} is taken, so the page is on a free one.\n`)
  const start = startFleet({ dataDir: resolve(dataDir), hubPort, ratePerSecond, seed })
  const stop = async (): Promise<void> => {
    // When it cannot start, that is told below.
    const fleet = await start.catch(() => undefined)
    await fleet?.stop()
    process.exit()
  }
  // The processes of the fleet end by themselves when this one is gone, so force leaves nothing behind.
  onInterrupt({ stop: () => void stop(), force: () => process.exit(130) }, systemClock)
  const fleet = await start
  process.stdout.write(`${fleet.url}\n`)
}

try {
  const config = readConfig(process.argv.slice(2))
  if (config === 'help') process.stdout.write(helpText)
  else await run(config)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof FleetOptionError ? 2 : 1
}
