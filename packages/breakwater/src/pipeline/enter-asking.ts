import { answered, type Level } from './level.ts'
import { failed } from './outcome.ts'

/**
 * An `enter` that asks functions of the user's: what those throw, the call fails with. Thrown on, it would leave the levels
 * further out with permits that nobody gives back.
 */
export function enterAsking(enter: Level['enter']): Level['enter'] {
  return (run, index) => {
    try {
      return enter(run, index)
    } catch (error) {
      run.answer(failed, error)
      return answered
    }
  }
}
