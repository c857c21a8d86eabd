import type { ReadyMessage, StopMessage } from './messages.ts'

/**
 * Ties this process to the supervisor that started it: tells it the ports, and runs `stop` once when it
 * asks, when it is gone, or at SIGTERM. Ctrl-C is the supervisor's business, so SIGINT is left to it.
 */
export function linkToParent(ports: Omit<ReadyMessage, 'type'>, stop: () => Promise<void>): void {
  let isStopping = false
  const end = (): void => {
    if (isStopping) return
    isStopping = true
    void stop().finally(() => {
      // The channel alone would keep the process alive.
      if (process.connected) process.disconnect()
    })
  }
  process.on('SIGINT', () => undefined)
  process.once('SIGTERM', end)
  process.once('disconnect', end)
  process.on('message', (message: StopMessage) => {
    if (message.type === 'stop') end()
  })
  process.send?.({ type: 'ready', ...ports } satisfies ReadyMessage)
}
