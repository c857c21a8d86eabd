import { readProperty } from './read-property.ts'

/** How many errors of a chain are looked at. */
const longestChain = 16

/**
 * The error, what caused it, what caused that, …; the members of an AggregateError follow its causes.
 * Cycles end it, and it has at most 16 members. Never throws.
 */
export function causeChain(error: unknown): readonly unknown[] {
  const chain: unknown[] = [error]
  for (let i = 0; i < chain.length && chain.length < longestChain; i++) {
    const link = chain[i]
    if (typeof link !== 'object' || link === null) continue
    add(chain, readProperty(link, 'cause'))
    addMembers(chain, readProperty(link, 'errors'))
  }
  return chain
}

function add(chain: unknown[], value: unknown): void {
  if (value === undefined || value === null || chain.includes(value)) return
  if (chain.length < longestChain) chain.push(value)
}

/** Only objects count as members: validation errors keep lists of strings under the same name. */
function addMembers(chain: unknown[], members: unknown): void {
  try {
    if (!Array.isArray(members)) return
    for (let i = 0; i < members.length && i < 8; i++) {
      const member: unknown = members[i]
      if (typeof member === 'object') add(chain, member)
    }
  } catch {
    return
  }
}
