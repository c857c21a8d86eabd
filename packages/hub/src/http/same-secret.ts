import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether two secrets are the same; takes as long for any two, whatever their length. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
