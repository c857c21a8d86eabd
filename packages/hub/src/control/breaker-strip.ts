import type { StripSegment } from 'breakwater/protocol'

/** What a strip is made of. */
export interface StripInput {
  readonly from: number
  readonly to: number
  /** Oldest first; for each instance also the last one before `from`. */
  readonly changes: readonly {
    readonly instanceId: number
    readonly at: number
    readonly state: StripSegment['state']
  }[]
  /** When each instance was there. An instance that is not named was not. */
  readonly lives: ReadonlyMap<number, { readonly from: number; readonly to: number }>
}

/** The most stretches of a strip; a screen has no more pixels for them. */
export const maxSegments = 400

const worstFirst: readonly StripSegment['state'][] = [
  'forced-open',
  'open',
  'half-open',
  'forced-closed',
  'closed',
]

/** The history of a breaker over its instances: at each time the worst of those that were there. */
export function breakerStrip(input: StripInput): StripSegment[] {
  const moments = momentsOf(input)
  const states = new Map<number, StripSegment['state']>()
  const segments: StripSegment[] = []
  let at = input.from
  for (const moment of moments) {
    if (moment.at > at) {
      push(segments, { from: at, to: moment.at, state: worstOf(states) })
      at = moment.at
    }
    if (moment.state === null) states.delete(moment.instanceId)
    else states.set(moment.instanceId, moment.state)
  }
  if (at < input.to) push(segments, { from: at, to: input.to, state: worstOf(states) })
  return segments.length > maxSegments ? thin(segments, (input.to - input.from) / maxSegments) : segments
}

interface Moment {
  readonly at: number
  readonly instanceId: number
  /** Null where the instance's life ends. */
  readonly state: StripSegment['state'] | null
}

function momentsOf({ from, to, changes, lives }: StripInput): Moment[] {
  const moments: Moment[] = []
  for (const { instanceId, at, state } of changes) {
    const life = lives.get(instanceId)
    if (life === undefined || at >= to || at >= life.to || life.to <= from) continue
    moments.push({ at: Math.max(from, at, life.from), instanceId, state })
  }
  for (const [instanceId, life] of lives) {
    if (life.to > from && life.to < to) moments.push({ at: life.to, instanceId, state: null })
  }
  return moments.sort((a, b) => a.at - b.at)
}

function worstOf(states: ReadonlyMap<number, StripSegment['state']>): StripSegment['state'] {
  const present = new Set(states.values())
  return worstFirst.find((state) => present.has(state)) ?? 'unknown'
}

function push(segments: StripSegment[], segment: StripSegment): void {
  const last = segments.at(-1)
  if (last?.state === segment.state) segments[segments.length - 1] = { ...last, to: segment.to }
  else segments.push(segment)
}

// Stretches narrower than one part of the strip give way to the worst state within the part.
function thin(segments: readonly StripSegment[], partMs: number): StripSegment[] {
  const result: StripSegment[] = []
  let open: StripSegment | null = null
  for (const segment of segments) {
    open = open === null ? segment : { ...worse(open, segment), from: open.from, to: segment.to }
    if (open.to - open.from < partMs) continue
    push(result, open)
    open = null
  }
  if (open !== null) push(result, open)
  return result
}

function worse(a: StripSegment, b: StripSegment): StripSegment {
  const rank = ({ state }: StripSegment): number => {
    const index = worstFirst.indexOf(state)
    return index === -1 ? worstFirst.length : index
  }
  return rank(a) <= rank(b) ? a : b
}
