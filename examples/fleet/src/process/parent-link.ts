import type { ReadyMessage, StopMessage } from './messages.ts'

/**
 * Ties this process to the supervisor that started it: tells it the ports, and runs `stop` once when it
 * asks, when it is gone, or at SIGTERM.
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
  process.once('SIGTERM', end)
  process.once('disconnect', end)
  process.on('message', (message: StopMessage) => {
    if (message.type === 'stop') end()
  })
  // It may have gone while this process was starting.
  if (!process.connected) return end()
  process.send?.({ type: 'ready', ...ports } satisfies ReadyMessage)
}
