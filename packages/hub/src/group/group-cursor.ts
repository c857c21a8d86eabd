/** Where a page of groups ended. */
export interface GroupCursor {
  readonly value: number
  readonly id: number
}

/** A cursor that no page gave out. */
export class CursorError extends Error {
  override get name(): string {
    return 'CursorError'
  }
}

/** The cursor as text for a URL. */
export function encodeCursor({ value, id }: GroupCursor): string {
  return `${value}-${id}`
}

/**
 * The cursor that a text stands for.
 *
 * @throws {CursorError}
 */
export function decodeCursor(text: string): GroupCursor {
  const match = /^(\d{1,16})-(\d{1,16})$/.exec(text)
  if (match === null) throw new CursorError('The cursor is none that this hub gave out')
  return { value: Number(match[1]), id: Number(match[2]) }
}
