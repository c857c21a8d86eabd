/** What the supervisor tells a process of the fleet when it starts it. */
export interface ServiceSettings {
  readonly name: string
  /** 0 for a free one. */
  readonly port: number
  readonly adminPort: number
  /** The hub that it reports to; null for none. */
  readonly hubUrl: string | null
  /** The folder for what it keeps. */
  readonly dataDir: string
  readonly seed: number
  /** Base URLs of the services that it calls, by name. */
  readonly peers: Readonly<Record<string, string>>
}

/** The settings that are the process's only argument; the supervisor of this package wrote them. */
export function readServiceSettings(argv: readonly string[] = process.argv): ServiceSettings {
  const text = argv[2]
  if (text === undefined) throw new Error('This program is started by the fleet: run `npm start` instead')
  return JSON.parse(text) as ServiceSettings
}

/** The base URL of a service that this one calls. */
export function peerUrl(settings: ServiceSettings, name: string): string {
  const url = settings.peers[name]
  if (url === undefined)
    throw new Error(`The service ${settings.name} was started without the address of ${name}`)
  return url
}
