import { once } from 'node:events'
import { HubOptionError, type HubOptions, startHub } from '@breakwater/hub'
import { CliError } from '../cli-error.ts'
import { readToken } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import type { Io } from '../io.ts'

/** The options of `breakwater hub`. */
export interface HubCommandFlags {
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly data?: string | undefined
  readonly token?: string | undefined
  readonly lab?: string | undefined
  readonly retentionDays?: number | undefined
  readonly maxStoreMb?: number | undefined
}

/** Runs a hub until Ctrl-C and prints where it is. */
export async function hub(flags: HubCommandFlags, io: Io): Promise<void> {
  const started = await start(readOptions(flags, io))
  io.stdout(`${started.url}\n`)
  if (!io.signal.aborted) await once(io.signal, 'abort')
  await started.close()
}

async function start(options: HubOptions): ReturnType<typeof startHub> {
  try {
    return await startHub(options)
  } catch (error) {
    if (error instanceof HubOptionError) throw new CliError(exitCode.usage, error.message, { cause: error })
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(exitCode.failed, `The hub cannot run: ${reason}`, { cause: error })
  }
}

function readOptions(flags: HubCommandFlags, io: Io): HubOptions {
  const { host, port, data: dataDir, lab: labUrl, retentionDays, maxStoreMb } = flags
  const token = flags.token ?? readToken(io.env)
  return withoutUndefined({ host, port, dataDir, labUrl, retentionDays, maxStoreMb, token })
}

function withoutUndefined(options: {
  readonly [name in keyof HubOptions]: HubOptions[name] | undefined
}): HubOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
