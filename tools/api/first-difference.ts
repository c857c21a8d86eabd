/** The first line in which two texts differ, as words for the reader; undefined when they are the same. */
export function firstDifference(committed: string, current: string): string | undefined {
  if (committed === current) return undefined
  const before = committed.split('\n')
  const after = current.split('\n')
  const line = after.findIndex((text, index) => text !== before[index])
  const at = line === -1 ? after.length : line
  return `line ${at + 1}: '${before[at] ?? ''}' is now '${after[at] ?? ''}'`
}
