#!/usr/bin/env node
import { startHub } from './app.ts'
import { helpText, readConfig } from './config/config.ts'
import { HubOptionError } from './config/hub-option-error.ts'

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2))
  if (config === 'help') {
    process.stdout.write(helpText)
    return
  }
  const hub = await startHub(config)
  const stop = (): void => {
    hub.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.stdout.write(`${hub.url}\n`)
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof HubOptionError ? 2 : 1)
}

main().catch(fail)
