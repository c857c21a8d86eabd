import type { Random } from '../random/random.ts'

/** Where ids come from; they name, they do not protect. */
export type TraceIdSource = Random

/** 32 hex digits, never all zero. */
export function newTraceId(random: TraceIdSource): string {
  return newSpanId(random) + newSpanId(random)
}

/** 16 hex digits, never all zero. */
export function newSpanId(random: TraceIdSource): string {
  const id = hex32(random) + hex32(random)
  return id === '0000000000000000' ? '0000000000000001' : id
}

function hex32(random: TraceIdSource): string {
  return Math.floor(random.next() * 4_294_967_296)
    .toString(16)
    .padStart(8, '0')
}
