/** How many finished calls a pipeline keeps to use again: at most 0.8 MB, after as many have been under way at once. */
const spareCalls = 1_024
/** And how many more until memory is collected. */
const looseCalls = 16_384

/** What a pool keeps. */
export interface Placed {
  /** Where the pool keeps it. */
  readonly place: number
}

/**
 * Where finished calls of one pipeline wait to be used again. A call keeps its place for good, and places pass from hand to
 * hand as numbers: storing an object in an old one costs more than it seems.
 *
 * Calls that are under way beyond those with a place are loose: they wait in a stack that is held weakly while none of them is out,
 * so that the next crowd finds them and a quiet service does not keep them.
 */
export class CallPool<Call extends Placed> {
  declare private readonly make: (place: number) => Call
  declare private readonly calls: Call[]
  /** The places of calls that are free: the first `frees` of them. */
  declare private readonly free: Uint16Array
  declare private frees: number
  /** How many loose calls are under way. */
  declare private looseOut: number
  /** Loose calls that are free, while others are under way. */
  declare private loose: Call[] | undefined
  declare private resting: WeakRef<Call[]> | undefined

  constructor(make: (place: number) => Call) {
    this.make = make
    this.calls = []
    this.free = new Uint16Array(spareCalls)
    this.frees = 0
    this.looseOut = 0
    this.loose = undefined
    this.resting = undefined
  }

  /** A call that is as new. */
  take(): Call {
    if (this.frees === 0) return this.calls.length < spareCalls ? this.add() : this.takeLoose()
    return this.calls[this.free[--this.frees] as number] as Call
  }

  /** Takes a call back that nothing refers to any more. */
  put(call: Call): void {
    const { place } = call
    if (place < spareCalls) this.free[this.frees++] = place
    else this.putLoose(call)
  }

  /** Gives the place of a call to a new one: work that was cut off may ask the old one why. */
  replace({ place }: Call): void {
    if (place >= spareCalls) return this.looseIsBack()
    const call = this.make(place)
    this.calls[place] = call
    this.put(call)
  }

  private add(): Call {
    const { calls } = this
    const call = this.make(calls.length)
    calls.push(call)
    return call
  }

  private takeLoose(): Call {
    if (this.looseOut++ === 0) this.loose = this.resting?.deref()
    return this.loose?.pop() ?? this.make(spareCalls)
  }

  private putLoose(call: Call): void {
    const loose = this.loose ?? this.startLoose()
    if (loose.length < looseCalls) loose.push(call)
    this.looseIsBack()
  }

  private startLoose(): Call[] {
    const loose: Call[] = []
    this.loose = loose
    this.resting = new WeakRef(loose)
    return loose
  }

  private looseIsBack(): void {
    if (--this.looseOut === 0) this.loose = undefined
  }
}
