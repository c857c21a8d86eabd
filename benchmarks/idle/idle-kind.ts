import type { Work } from '../harness/work.ts'

/** Things of one kind, one for each name. */
export interface IdleThings {
  /** Keeps them from being collected. */
  readonly held: readonly unknown[]
  /** Runs work through the one with this number. */
  call(index: number, work: Work): unknown
}

/** How a contestant makes them. */
export interface IdleMaker {
  /** One object keeps something for each name, from its first call on. */
  readonly isKeyed: boolean
  make(names: readonly string[]): IdleThings | Promise<IdleThings>
}

/** By contestant; one is called `bare`. */
export type IdleKind = Readonly<Record<string, IdleMaker>>

/** An object for each name. */
export function each<Made>(
  make: (name: string) => Made,
  call: (made: Made, work: Work) => unknown,
): IdleMaker {
  const makeEach = (names: readonly string[]): IdleThings => {
    const held = names.map(make)
    return { held, call: (index, work) => call(held[index] as Made, work) }
  }
  return { isKeyed: false, make: makeEach }
}

/** An object for each name, of a kind that is told its work when it is made. */
export function eachAround<Made>(
  make: (work: Work, name: string) => Made,
  call: (made: Made) => unknown,
): IdleMaker {
  const makeEach = (names: readonly string[]): IdleThings => {
    // All share one, so that what is held is theirs.
    let next: Work | undefined
    const work: Work = () => (next as Work)()
    const held = names.map((name) => make(work, name))
    const callOne = (index: number, given: Work): unknown => {
      next = given
      return call(held[index] as Made)
    }
    return { held, call: callOne }
  }
  return { isKeyed: false, make: makeEach }
}

/** Runs work for a key. */
export type KeyedCall = (key: string, work: Work) => unknown

/** One object that keeps something for each name that it is called with. */
export function keyed(makeStore: () => KeyedCall | Promise<KeyedCall>): IdleMaker {
  const make = async (names: readonly string[]): Promise<IdleThings> => {
    const call = await makeStore()
    return { held: names, call: (index, work) => call(names[index] as string, work) }
  }
  return { isKeyed: true, make }
}
