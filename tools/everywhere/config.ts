/** The Node of each version that the environment names, by its major version. */
export function namedNodes(): Readonly<Record<number, string | undefined>> {
  return { 22: process.env.BREAKWATER_NODE_22, 24: process.env.BREAKWATER_NODE_24 }
}
