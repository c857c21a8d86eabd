import { compiled } from './compiled.ts'

/** Runs `call` so many times. */
export type Loop = (call: () => unknown, calls: number) => Promise<void>

/** How calls follow each other: one after the other, the same with errors caught, or a thousand at once. */
export type LoopKind = 'plain' | 'catching' | 'thousand'

const sources: Readonly<Record<LoopKind, string>> = {
  plain: 'for (let i = 0; i < calls; i++) await call()',
  catching: 'for (let i = 0; i < calls; i++) { try { await call() } catch {} }',
  thousand: `for (let i = 0; i < calls; i += 1000) {
    const all = new Array(1000)
    for (let j = 0; j < 1000; j++) all[j] = call()
    await Promise.all(all)
  }`,
}

/** A loop of its own for one contestant. */
export function makeLoop(kind: LoopKind): Loop {
  return compiled<Loop>(`async function loop(call, calls) { ${sources[kind]} }`)
}

/** How many calls a loop makes at least, and in steps of what. */
export function stepOf(kind: LoopKind): number {
  return kind === 'thousand' ? 1_000 : 1
}
