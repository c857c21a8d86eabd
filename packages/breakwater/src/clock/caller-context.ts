/**
 * The asynchronous context of a caller, as `AsyncLocalStorage` and tracing see it: what is run in it sees the caller's request, not
 * that of whoever gave a slot back.
 */
export interface CallerContext {
  runInAsyncScope<T>(fn: () => T): T
}

type ContextMaker = new (name: string) => CallerContext
interface NodeProcess {
  getBuiltinModule?(name: 'node:async_hooks'): { readonly AsyncResource: ContextMaker }
}

/** Undefined until it was looked for; null where there is none, as in browsers. */
let Maker: ContextMaker | null | undefined

/** The context of now; undefined where the platform has none. */
export function captureContext(): CallerContext | undefined {
  if (Maker === undefined) Maker = findMaker()
  return Maker === null ? undefined : new Maker('breakwater.call')
}

/** Goes on in a caller's context: whoever lets a call go on, or the clock, is in another. */
export function runIn<T>(context: CallerContext | undefined, goOn: () => T): T {
  return context === undefined ? goOn() : context.runInAsyncScope(goOn)
}

function findMaker(): ContextMaker | null {
  const { process } = globalThis as { process?: NodeProcess }
  return process?.getBuiltinModule?.('node:async_hooks').AsyncResource ?? null
}
