import { hostname } from 'node:os'
import { join } from 'node:path'
import type { InstanceIdentity } from '../protocol/index.ts'
import { adoptSpools } from './adopt-spools.ts'
import { Lane } from './lane.ts'
import type { ProblemGate } from './problem-gate.ts'
import type { ResolvedReporterOptions } from './reporter-options.ts'
import type { Sender } from './sender.ts'
import { SpoolFolder } from './spool-folder.ts'
import { folderName } from './spool-name.ts'
import type { ProcessMark } from './spool-owner.ts'

/** Between two looks for spools of dead instances, and between two signs of life, milliseconds. */
const housekeepingMs = 10_000

/** Looks after the spools of a service: shows signs of life, and adopts what dead instances left. */
export class Housekeeper {
  /** The folder of the service; undefined when nothing is kept on disk. */
  readonly folder: string | undefined
  readonly #options: ResolvedReporterOptions
  readonly #problems: ProblemGate
  readonly #self: ProcessMark
  #keptAt = -Infinity
  #work: Promise<void> = Promise.resolve()
  #evictions = 0

  constructor(options: ResolvedReporterOptions, problems: ProblemGate) {
    const { source, clock, spoolDir } = options
    this.#options = options
    this.#problems = problems
    this.folder = spoolDir === undefined ? undefined : join(spoolDir, folderName(source.identity.service))
    const processStartedAt = clock.epochNow() - process.uptime() * 1_000
    this.#self = { pid: process.pid, host: hostname(), processStartedAt }
  }

  /** A lane for the reports of this process. */
  openLane(identity: InstanceIdentity = this.#options.source.identity): Lane {
    if (this.folder === undefined) return new Lane(identity, undefined)
    const owner = (): string =>
      JSON.stringify({ identity, ...this.#self, heartbeatAt: this.#options.clock.epochNow() })
    return new Lane(identity, new SpoolFolder(join(this.folder, folderName(identity.instance)), owner, false))
  }

  /** Keeps house when it is time to; resolves when what is under way is done. Never rejects. */
  keep(sender: Sender): Promise<void> {
    const now = this.#options.clock.now()
    if (this.folder === undefined || now - this.#keptAt < housekeepingMs) return this.#work
    this.#keptAt = now
    this.#work = this.#keep(sender, this.folder).catch((error: unknown) =>
      this.#problems.tell('spool-failed', `Cannot look after the spool: ${String(error)}`),
    )
    return this.#work
  }

  async #keep(sender: Sender, folder: string): Promise<void> {
    const { clock, source } = this.#options
    const isKept = (await sender.own.folder?.touch()) ?? true
    if (!isKept) this.#moveOut(sender)
    for (const lane of sender.adopted) await lane.folder?.touch()
    const { instance } = source.identity
    sender.adopt(await adoptSpools({ folder, instance, self: this.#self, now: () => clock.epochNow() }))
  }

  /**
   * Another instance took this process for dead, because it stood still for minutes, and goes on counting
   * under its name. From here on it reports under a name of its own, so that no sequence is given twice.
   */
  #moveOut(sender: Sender): void {
    this.#evictions += 1
    const { identity } = this.#options.source
    const instance = `${identity.instance.slice(0, 58)}.${String(this.#evictions)}`
    sender.moveTo(this.openLane({ ...identity, instance }))
    this.#problems.tell(
      'spool-failed',
      `Another instance took over the spool: reporting goes on as ${instance}`,
    )
  }
}
