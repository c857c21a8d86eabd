/**
 * A function compiled from text, anew for each contestant: closures of one source text share what the engine
 * learned at their call sites, and with it the cost of the least predictable contestant.
 *
 * @param text an expression that is the function
 * @param scope what the text may refer to, by name
 */
export function compiled<Made>(text: string, scope: Readonly<Record<string, unknown>> = {}): Made {
  const make = new Function(...Object.keys(scope), `return ${text}`) as (...values: unknown[]) => Made
  return make(...Object.values(scope))
}
