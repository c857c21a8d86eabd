/**
 * Resolves in a later turn of the event loop, after all microtasks that are queued now and all that they
 * queue: the way to let every promise continue that can.
 */
export function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => void }
    if (setImmediate !== undefined) return setImmediate(resolve)
    const channel = new MessageChannel()
    const onMessage = (): void => {
      channel.port1.close()
      resolve()
    }
    channel.port1.addEventListener('message', onMessage)
    channel.port1.start()
    channel.port2.postMessage(undefined)
  })
}
