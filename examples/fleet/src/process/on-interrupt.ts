import type { Clock } from '../clock/clock.ts'

/** Under npm one Ctrl-C comes twice: from the terminal and passed on by npm. */
const sameKeyMs = 500

/** What Ctrl-C and SIGTERM do. */
export interface InterruptActions {
  /** At the first. */
  readonly stop: () => void
  /** At a later one, for people who will not wait. @default nothing */
  readonly force?: () => void
}

/** Sets what Ctrl-C and SIGTERM do; signals within half a second of the first are the same keystroke. */
export function onInterrupt({ stop, force }: InterruptActions, clock: Clock): void {
  let firstAt: number | undefined
  const interrupt = (): void => {
    if (firstAt === undefined) {
      firstAt = clock.now()
      stop()
    } else if (clock.now() - firstAt >= sameKeyMs) force?.()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
}
