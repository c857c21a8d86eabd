import type { Clock } from '../clock/clock.ts'
import type { HubSettings } from '../hub/hub-settings.ts'
import type { ServiceSettings } from '../process/service-settings.ts'
import { SupervisedProcess } from '../supervise/supervised-process.ts'

/** The processes of the fleet. */
export interface Processes {
  readonly hub: SupervisedProcess
  readonly payments: SupervisedProcess
  readonly inventory: SupervisedProcess
  readonly recommendations: SupervisedProcess
  readonly protected: SupervisedProcess
  readonly unprotected: SupervisedProcess
}

/** What the processes are told. */
export interface ProcessesOptions {
  readonly clock: Clock
  readonly dataDir: string
  readonly hubPort: number
  /** Asked at each start of the hub. */
  readonly labUrl: () => string
  readonly seed: number
  /** Is told each time that a process listens. */
  readonly onReady: (process: SupervisedProcess) => void
}

/** Describes all processes of the fleet; none is started yet. */
export function describeProcesses(options: ProcessesOptions): Processes {
  const { clock, dataDir, seed, onReady } = options

  const hub = new SupervisedProcess(
    {
      name: 'hub',
      module: new URL('../hub/main.ts', import.meta.url),
      settings: ({ port }): HubSettings => ({
        port: port === 0 ? options.hubPort : port,
        dataDir: `${dataDir}/hub`,
        labUrl: options.labUrl(),
      }),
      onReady,
    },
    clock,
  )

  function service(
    name: string,
    folder: string,
    peers: readonly SupervisedProcess[] = [],
  ): SupervisedProcess {
    const module = new URL(`../${folder}/main.ts`, import.meta.url)
    const settings = (ports: { port: number; adminPort: number }): ServiceSettings => ({
      ...{ name, ...ports, hubUrl: hub.url, dataDir, seed },
      peers: Object.fromEntries(peers.map((peer) => [peer.name, peer.url])),
    })
    return new SupervisedProcess({ name, module, settings, onReady }, clock)
  }

  const targets = ['payments', 'inventory', 'recommendations'] as const
  const [payments, inventory, recommendations] = targets.map((name) => service(name, name)) as [
    SupervisedProcess,
    SupervisedProcess,
    SupervisedProcess,
  ]
  const peers = [payments, inventory, recommendations]
  return {
    ...{ hub, payments, inventory, recommendations },
    protected: service('storefront', 'storefront/protected', peers),
    unprotected: service('storefront-unprotected', 'storefront/unprotected', peers),
  }
}
