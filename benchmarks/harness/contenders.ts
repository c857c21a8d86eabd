import type { Contestants, Trial } from './compare.ts'
import { succeedingWork, type Work } from './work.ts'

type Make = (makeWork: () => Work) => Contestants

/** The names of all that do something: all but `bare`. */
export function contenders(make: Make): string[] {
  return Object.keys(make(succeedingWork)).filter((name) => name !== 'bare')
}

/** One of them, around the work. */
export async function contender(make: Make, name: string, work: Work): Promise<Trial & AsyncDisposable> {
  const trial = await make(() => work)[name]?.()
  if (trial === undefined) throw new Error(`Cannot make contestant '${name}': there is none`)
  const dispose = async (): Promise<void> => {
    await trial.dispose?.()
  }
  return { ...trial, [Symbol.asyncDispose]: dispose }
}
