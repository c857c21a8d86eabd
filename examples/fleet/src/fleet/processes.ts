import type { Clock } from '../clock/clock.ts'
import type { HubSettings } from '../hub/hub-settings.ts'
import type { ServiceSettings } from '../process/service-settings.ts'
import { type Ports, SupervisedProcess } from '../supervise/supervised-process.ts'

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
  const hub = describeHub(options)
  const service = (name: string, folder: string, peers: readonly SupervisedProcess[]): SupervisedProcess =>
    describeService({ name, folder, peers, hub }, options)
  const payments = service('payments', 'payments', [])
  const inventory = service('inventory', 'inventory', [])
  const recommendations = service('recommendations', 'recommendations', [])
  const peers = [payments, inventory, recommendations]
  return {
    ...{ hub, payments, inventory, recommendations },
    protected: service('storefront', 'storefront/protected', peers),
    unprotected: service('storefront-unprotected', 'storefront/unprotected', peers),
  }
}

function describeHub({ hubPort, dataDir, labUrl, onReady, clock }: ProcessesOptions): SupervisedProcess {
  const module = new URL('../hub/main.ts', import.meta.url)
  const settings = ({ port }: Ports): HubSettings => ({
    port: port === 0 ? hubPort : port,
    dataDir: `${dataDir}/hub`,
    labUrl: labUrl(),
  })
  return new SupervisedProcess({ name: 'hub', module, settings, onReady }, clock)
}

interface ServicePlace {
  readonly name: string
  /** Where its `main.ts` is. */
  readonly folder: string
  /** The services that it calls. */
  readonly peers: readonly SupervisedProcess[]
  readonly hub: SupervisedProcess
}

function describeService(place: ServicePlace, options: ProcessesOptions): SupervisedProcess {
  const { name, folder, peers, hub } = place
  const { clock, dataDir, seed, onReady } = options
  const module = new URL(`../${folder}/main.ts`, import.meta.url)
  const settings = (ports: Ports): ServiceSettings => ({
    ...{ name, ...ports, hubUrl: hub.url, dataDir, seed },
    peers: Object.fromEntries(peers.map((peer) => [peer.name, peer.url])),
  })
  return new SupervisedProcess({ name, module, settings, onReady }, clock)
}
