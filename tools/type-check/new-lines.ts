/** The lines of a compiler's output that were not seen before; adds them to the seen. A fault in shared code is told once, not once a project. */
export function newLines(output: string, seen: Set<string>): string[] {
  const fresh = output.split('\n').filter((line) => line.trim() !== '' && !seen.has(line))
  for (const line of fresh) seen.add(line)
  return fresh
}
