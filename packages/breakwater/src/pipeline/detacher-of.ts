/** Calls `run` where nothing is known of the caller's deadline. */
export type Detach = (run: () => void) => void

/** The option `detach` of a pipeline, but such that it runs what it is given once and now, whatever the hook does. */
export function detacherOf(option: Detach | undefined): Detach {
  if (option === undefined) return (run) => run()
  return (run) => {
    let hasRun = false
    const runOnce = (): void => {
      if (hasRun) return
      hasRun = true
      run()
    }
    try {
      option(runOnce)
    } catch {
      // A hook that fails changes nothing.
    }
    runOnce()
  }
}
