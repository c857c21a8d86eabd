/** Names of keys, as of tenants. */
export function keyNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `tenant-${index}`)
}

/** Gives so many keys in turn, for ever. */
export function keysInTurn(count: number): () => string {
  const keys = keyNames(count)
  let next = 0
  return () => {
    const key = keys[next] as string
    next = next + 1 === count ? 0 : next + 1
    return key
  }
}
