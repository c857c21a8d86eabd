import type { LabView } from 'breakwater/protocol'
import { CliError } from '../cli-error.ts'
import { exitCode } from '../exit-code.ts'

/** How the demo stands, each second. */
export interface DemoProgress {
  /** The page. */
  readonly url: string
  readonly phase: string
  readonly lab: LabView
}

/** How the demo is run. */
export interface DemoOptions {
  readonly seconds: number
  readonly ratePerSecond: number
  readonly seed: number
  readonly onSecond: (progress: DemoProgress) => void
  readonly signal: AbortSignal
}

/** What the example fleet gives; the report is more than the part that is named here. */
export interface FleetModule {
  runReport(options: DemoOptions): Promise<{ readonly isKept: boolean }>
  formatReport(report: { readonly isKept: boolean }): string
}

// Not a dependency: the fleet is an example of the workspace and is in no published package.
const fleetPackage: string = '@breakwater/example-fleet'

/** Loads the example fleet. @throws {CliError} when it is not there */
export async function loadFleet(
  load: (name: string) => Promise<unknown> = importPackage,
): Promise<FleetModule> {
  try {
    return (await load(fleetPackage)) as FleetModule
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw new CliError(
      exitCode.failed,
      'The demo fleet is not part of this installation: clone the repository, then run npm ci and npm run breakwater -- demo there',
      { cause: error },
    )
  }
}

function importPackage(name: string): Promise<unknown> {
  return import(name)
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}
