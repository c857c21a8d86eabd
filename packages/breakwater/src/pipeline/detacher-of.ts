type Detach = (run: () => void) => void

/** How a pipeline leaves its caller, by its option `detach`. Runs what it is given once and now, whatever the hook does. */
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
