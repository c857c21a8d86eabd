import type { SerializedError } from 'breakwater/protocol'

/** An error of a cause chain and how deep it lies. */
export interface ChainLink {
  readonly error: SerializedError
  /** 0 is the error that was caught. */
  readonly depth: number
  /** How it hangs on the one above. */
  readonly relation: 'thrown' | 'cause' | 'member'
}

const maxLinks = 40

/** An error, its causes and the members of aggregates, in reading order; bounded whatever the wire says. */
export function causeChain(error: SerializedError): ChainLink[] {
  const links: ChainLink[] = []
  collect({ error, depth: 0, relation: 'thrown' }, links)
  return links
}

function collect(link: ChainLink, links: ChainLink[]): void {
  if (links.length >= maxLinks) return
  links.push(link)
  const depth = link.depth + 1
  for (const member of link.error.errors ?? []) collect({ error: member, depth, relation: 'member' }, links)
  if (link.error.cause) collect({ error: link.error.cause, depth, relation: 'cause' }, links)
}
