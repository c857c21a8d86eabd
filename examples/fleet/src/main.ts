import { resolve } from 'node:path'
import { type FleetConfig, helpText, readConfig } from './config/config.ts'
import { FleetOptionError } from './config/fleet-option-error.ts'
import { startFleet } from './fleet/fleet.ts'
import { isPortFree } from './fleet/free-port.ts'

/** Ends the program at a second Ctrl-C; children end by themselves when this process is gone. */
function exitAtOnce(): void {
  process.exit(130)
}

async function run({ port, dataDir, ratePerSecond, seed }: FleetConfig): Promise<void> {
  const hubPort = (await isPortFree(port)) ? port : 0
  if (hubPort !== port) process.stderr.write(`Port ${port} is taken, so the page is on a free one.\n`)
  const start = startFleet({ dataDir: resolve(dataDir), hubPort, ratePerSecond, seed })
  const end = (): void => {
    process.once('SIGINT', exitAtOnce)
    process.once('SIGTERM', exitAtOnce)
    void start.then((fleet) => fleet.stop())
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
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
