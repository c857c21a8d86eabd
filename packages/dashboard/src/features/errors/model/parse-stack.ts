/** One line of a stack, and whether the application's own code is in it. */
export interface StackFrame {
  readonly text: string
  readonly isInApp: boolean
}

/** A run of frames of the same kind. */
export interface FrameRun {
  readonly isInApp: boolean
  readonly frames: readonly StackFrame[]
}

const foreign = /node:|node_modules|\binternal\/|<anonymous>|\bnative\b/

/** The frames of a stack as the engine wrote it; the lines before the first frame repeat the message and are left out. */
export function parseStack(stack: string): StackFrame[] {
  const lines = stack.split('\n').map((line) => line.trim())
  const first = lines.findIndex(isFrame)
  if (first < 0) return lines.filter((line) => line !== '').map((text) => ({ text, isInApp: true }))
  return lines
    .slice(first)
    .filter((line) => line !== '')
    .map((text) => ({ text, isInApp: isFrame(text) && !foreign.test(text) }))
}

/** Frames in runs, so that those of others can be folded. */
export function frameRuns(frames: readonly StackFrame[]): FrameRun[] {
  const runs: { isInApp: boolean; frames: StackFrame[] }[] = []
  for (const frame of frames) {
    const last = runs.at(-1)
    if (last?.isInApp === frame.isInApp) last.frames.push(frame)
    else runs.push({ isInApp: frame.isInApp, frames: [frame] })
  }
  return runs
}

function isFrame(line: string): boolean {
  return /^at /.test(line) || /^[^\s@]*@.+:\d+/.test(line)
}
