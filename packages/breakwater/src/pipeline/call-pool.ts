/** How many finished calls a pipeline keeps to use again: at most 0.8 MB, after as many have been under way at once. */
const spareCalls = 1_024

/** What a pool keeps. */
export interface Placed {
  /** Where the pool keeps it. */
  readonly place: number
}

/**
 * Where finished calls of one pipeline wait to be used again. A call keeps its place for good, and places pass from hand to
 * hand as numbers: storing an object in an old one costs more than it seems.
 */
export class CallPool<Call extends Placed> {
  declare private readonly make: (place: number) => Call
  declare private readonly calls: Call[]
  /** The places of calls that are free: the first `frees` of them. */
  declare private readonly free: Uint16Array
  declare private frees: number

  constructor(make: (place: number) => Call) {
    this.make = make
    this.calls = []
    this.free = new Uint16Array(spareCalls)
    this.frees = 0
  }

  /** A call that is as new. */
  take(): Call {
    if (this.frees === 0) return this.add()
    return this.calls[this.free[--this.frees] as number] as Call
  }

  /** Takes a call back that nothing refers to any more. */
  put({ place }: Call): void {
    if (place < spareCalls) this.free[this.frees++] = place
  }

  /** Gives the place of a call to a new one: work that was cut off may ask the old one why. */
  replace({ place }: Call): void {
    if (place >= spareCalls) return
    const call = this.make(place)
    this.calls[place] = call
    this.put(call)
  }

  private add(): Call {
    const { calls } = this
    const call = this.make(calls.length)
    if (calls.length < spareCalls) calls.push(call)
    return call
  }
}
