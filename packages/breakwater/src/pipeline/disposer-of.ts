import { disposeDiscarded } from './dispose-discarded.ts'
import { isThenable } from './is-thenable.ts'

/** How a pipeline frees values that nobody gets, by its option `dispose`. Does not throw. */
export function disposerOf(option: ((value: unknown) => void) | false | undefined): (value: unknown) => void {
  if (option === undefined) return disposeDiscarded
  if (option === false) return () => undefined
  return (value) => {
    try {
      const result: unknown = option(value)
      if (isThenable(result)) result.then(undefined, () => undefined)
    } catch {
      // A hook that fails changes nothing for the caller, who has an answer already.
    }
  }
}
