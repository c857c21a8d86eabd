/** What the environment says about this run of the tools. */
export interface ToolEnvironment {
  /** Set by continuous integration: a test that is left out for want of a service is a failure. */
  readonly requiresAll: boolean
  /** A Chromium to use in place of the one that is found. */
  readonly chromiumPath: string | undefined
  readonly searchPath: string
}

/** Reads the environment once; nothing else in `tools/` does. */
export function toolEnvironment(): ToolEnvironment {
  return {
    requiresAll: process.env.BREAKWATER_REQUIRE_ALL === '1',
    chromiumPath: process.env.BREAKWATER_CHROMIUM,
    searchPath: process.env.PATH ?? '',
  }
}

/** The environment that commands started by the tools are given. */
export function inheritedEnvironment(): Record<string, string | undefined> {
  return { ...process.env }
}
