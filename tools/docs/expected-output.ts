/** What a program says it prints: the rest of each line after a comment `// prints: `, in the order of the lines. */
export function expectedOutputOf(code: string): string[] {
  return [...code.matchAll(/\/\/ prints: (.*?)[ \t]*$/gm)].map((match) => match[1] ?? '')
}

/** The first expected line that was not printed after those before it; undefined when all were. Other lines may come between. */
export function firstMissingLine(expected: readonly string[], printed: string): string | undefined {
  const lines = printed.split('\n')
  let from = 0
  return expected.find((line) => {
    const at = lines.indexOf(line, from)
    from = at + 1
    return at === -1
  })
}
