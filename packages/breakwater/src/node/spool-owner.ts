import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstanceIdentity } from '../protocol/index.ts'

/** Who looks after a spool folder, and whose facts are in it. */
export interface SpoolOwner {
  /** Whose facts these are; stays when another process adopts them. */
  readonly identity: InstanceIdentity
  readonly pid: number
  readonly host: string
  /** Epoch milliseconds; tells a process from an earlier one with the same pid. */
  readonly processStartedAt: number
  /** Epoch milliseconds of the last sign of life. */
  readonly heartbeatAt: number
}

/** What tells this process from others. */
export type ProcessMark = Pick<SpoolOwner, 'pid' | 'host' | 'processStartedAt'>

/** Longer without a sign of life, and the owner is dead wherever it ran. */
const silentMs = 60_000
/** A process of this pid lives here, but it may be a later one. */
const silentAliveMs = 600_000

/** Reads who looks after a folder; undefined when nothing in it says so. */
export async function readSpoolOwner(folder: string): Promise<SpoolOwner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'))
    return isSpoolOwner(owner) ? owner : undefined
  } catch {
    return undefined
  }
}

/** Whether nobody looks after the files any more. `isRunning` says whether a pid is in use on this machine. */
export function isAbandoned(
  owner: SpoolOwner,
  self: ProcessMark & { readonly now: number },
  isRunning: (pid: number) => boolean = isProcessRunning,
): boolean {
  const silence = self.now - owner.heartbeatAt
  if (owner.host !== self.host) return silence > silentMs
  if (owner.pid === self.pid) return Math.abs(owner.processStartedAt - self.processStartedAt) > 2_000
  return !isRunning(owner.pid) || silence > silentAliveMs
}

function isProcessRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function isSpoolOwner(value: unknown): value is SpoolOwner {
  if (typeof value !== 'object' || value === null) return false
  const { identity, pid, host, processStartedAt, heartbeatAt } = value as Partial<
    Record<keyof SpoolOwner, unknown>
  >
  const isMarked = typeof pid === 'number' && typeof host === 'string' && typeof processStartedAt === 'number'
  return isMarked && typeof heartbeatAt === 'number' && isIdentity(identity)
}

function isIdentity(value: unknown): value is InstanceIdentity {
  if (typeof value !== 'object' || value === null) return false
  const { service, instance, startedAt } = value as Partial<Record<keyof InstanceIdentity, unknown>>
  return typeof service === 'string' && typeof instance === 'string' && typeof startedAt === 'number'
}
