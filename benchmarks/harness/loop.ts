import { compiled } from './compiled.ts'

/** Runs `call` so many times. */
export type Loop = (call: () => unknown, calls: number) => Promise<void>

/** How calls follow each other: one after the other, the same with errors caught, or so many at once. */
export type LoopKind = 'plain' | 'catching' | 'thousand' | 'ten thousand'

const sources: Readonly<Record<LoopKind, string>> = {
  plain: 'for (let i = 0; i < calls; i++) await call()',
  catching: 'for (let i = 0; i < calls; i++) { try { await call() } catch {} }',
  thousand: atOnce(1_000),
  'ten thousand': atOnce(10_000),
}

/** A loop of its own for one contestant. */
export function makeLoop(kind: LoopKind): Loop {
  return compiled<Loop>(`async function loop(call, calls) { ${sources[kind]} }`)
}

/** How many calls a loop makes at least, and in steps of what. */
export function stepOf(kind: LoopKind): number {
  if (kind === 'thousand') return 1_000
  return kind === 'ten thousand' ? 10_000 : 1
}

function atOnce(count: number): string {
  return `for (let i = 0; i < calls; i += ${count}) {
    const all = new Array(${count})
    for (let j = 0; j < ${count}; j++) all[j] = call()
    await Promise.all(all)
  }`
}
