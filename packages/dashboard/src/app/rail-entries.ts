import type { Route, ViewName } from '../shared/router/route.ts'

/** An entry of the rail and the key that opens it after `g`. */
export interface RailEntry {
  readonly name: ViewName
  readonly label: string
  readonly key: string
  readonly to: Route
}

const entries: readonly RailEntry[] = [
  { name: 'overview', label: 'Overview', key: 'o', to: { view: 'overview' } },
  { name: 'errors', label: 'Errors', key: 'e', to: { view: 'errors', group: null } },
  { name: 'services', label: 'Services', key: 's', to: { view: 'services', service: null } },
  { name: 'policies', label: 'Policies', key: 'p', to: { view: 'policies', service: null, policy: null } },
  { name: 'lab', label: 'Lab', key: 'l', to: { view: 'lab' } },
  { name: 'settings', label: 'Settings', key: ',', to: { view: 'settings' } },
]

/** The entries of the rail: the lab only while a demo fleet is connected. */
export function railEntries(hasLab: boolean): readonly RailEntry[] {
  return hasLab ? entries : entries.filter(({ name }) => name !== 'lab')
}
