import { parseStackLine, type StackFrame } from './stack-frame.ts'

/** How many lines of a stack are looked at. */
const mostLines = 100

/** The frames of a stack, innermost first; lines that are no frames are left out. At most 100 lines are read. */
export function parseStack(stack: string, message = ''): readonly StackFrame[] {
  const frames: StackFrame[] = []
  findFrame(stack, message, (frame) => {
    frames.push(frame)
    return false
  })
  return frames
}

/** The innermost frame that is wanted; reads no further than it must. */
export function findFrame(
  stack: string,
  message: string,
  isWanted: (frame: StackFrame) => boolean,
): StackFrame | undefined {
  let start = afterHeader(stack, message)
  for (let n = 0; n < mostLines && start < stack.length; n++) {
    const newline = stack.indexOf('\n', start)
    const end = newline < 0 ? stack.length : newline
    const frame = parseStackLine(stack.slice(start, end))
    if (frame !== undefined && isWanted(frame)) return frame
    start = end + 1
  }
  return undefined
}

/** A message may hold lines that look like frames; V8 repeats it at the head of the stack. */
function afterHeader(stack: string, message: string): number {
  if (message === '') return 0
  const at = stack.indexOf(message)
  return at < 0 || at > 200 ? 0 : at + message.length
}
