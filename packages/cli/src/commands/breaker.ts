import { userInfo } from 'node:os'
import type { Override, OverrideMode, PolicyListView } from 'breakwater/protocol'
import { CliError } from '../cli-error.ts'
import { type HubFlags, readHubTarget } from '../config.ts'
import { exitCode } from '../exit-code.ts'
import { formatJson } from '../format/json.ts'
import { type AskHub, hubClient } from '../hub/hub-client.ts'
import type { Io } from '../io.ts'

/** The options of `breakwater breaker`. */
export interface BreakerFlags extends HubFlags {
  readonly service?: string | undefined
  readonly forceOpen?: boolean | undefined
  readonly forceClosed?: boolean | undefined
  readonly auto?: boolean | undefined
  readonly reason: string
  readonly by?: string | undefined
  readonly json?: boolean | undefined
}

/** Takes a breaker over in all instances of its service, or gives it back. */
export async function breaker(name: string, flags: BreakerFlags, io: Io): Promise<void> {
  const mode = readMode(flags)
  checkLength('--reason', flags.reason, 500)
  const by = flags.by ?? userInfo().username
  checkLength('--by', by, 100)
  const ask = hubClient(readHubTarget(flags, io.env))
  const service = flags.service ?? (await findService(name, ask, io.signal))
  const path = `/overrides/${encodeURIComponent(service)}/${encodeURIComponent(name)}`
  const body = { mode, reason: flags.reason, by }
  const override = (await ask({ path, method: 'PUT', body, signal: io.signal })) as Override
  if (flags.json === true) return io.stdout(formatJson(override))
  io.stdout(`${override.policy} of ${override.service} is now ${override.mode}: ${override.reason}\n`)
}

function readMode({ forceOpen, forceClosed, auto }: BreakerFlags): OverrideMode {
  const modes: OverrideMode[] = []
  if (forceOpen === true) modes.push('forced-open')
  if (forceClosed === true) modes.push('forced-closed')
  if (auto === true) modes.push('automatic')
  const [mode] = modes
  if (mode !== undefined && modes.length === 1) return mode
  const given = modes.length === 0 ? 'none is given' : `${modes.length} are given`
  throw new CliError(
    exitCode.usage,
    `Exactly one of --force-open, --force-closed and --auto is needed: ${given}`,
  )
}

function checkLength(option: string, value: string, limit: number): void {
  if (value.trim() !== '' && value.length <= limit) return
  throw new CliError(
    exitCode.usage,
    `'${option}' must be a text of 1–${limit} characters: current value is '${value.slice(0, 50)}'`,
  )
}

async function findService(name: string, ask: AskHub, signal: AbortSignal): Promise<string> {
  const view = (await ask({ path: '/policies?kind=circuit-breaker', signal })) as PolicyListView
  const services = view.policies.filter((policy) => policy.name === name).map(({ service }) => service)
  const [service] = services
  if (service === undefined) throw new CliError(exitCode.failed, `No service has a breaker named '${name}'`)
  if (services.length === 1) return service
  throw new CliError(
    exitCode.usage,
    `Several services have a breaker named '${name}'; name one with --service: ${services.join(', ')}`,
  )
}
