/** Collects the young generation; what the contestant before left behind is not paid for by the next. */
export function collectYoung(): void {
  collector()({ type: 'minor', execution: 'sync' })
}

/** Collects everything that can be. */
export function collectAll(): void {
  collector()({ type: 'major', execution: 'sync' })
}

function collector(): NodeJS.GCFunction {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Cannot measure without the collector: run node with --expose-gc')
  return gc
}
