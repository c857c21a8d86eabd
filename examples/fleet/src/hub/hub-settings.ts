/** What the supervisor tells the hub's process. */
export interface HubSettings {
  /** 0 for a free one. */
  readonly port: number
  readonly dataDir: string
  /** The fleet's controller. */
  readonly labUrl: string
}

/** The settings that are the process's only argument; the supervisor of this package wrote them. */
export function readHubSettings(argv: readonly string[] = process.argv): HubSettings {
  const text = argv[2]
  if (text === undefined) throw new Error('This program is started by the fleet: run `npm start` instead')
  return JSON.parse(text) as HubSettings
}
