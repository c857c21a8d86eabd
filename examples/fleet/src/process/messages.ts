/** What a process of the fleet tells its supervisor: it listens. */
export interface ReadyMessage {
  readonly type: 'ready'
  readonly port: number
  readonly adminPort: number
}

/** What the supervisor tells a process: end in good order. */
export interface StopMessage {
  readonly type: 'stop'
}

/** Whether a message from a child is a {@link ReadyMessage}. */
export function isReadyMessage(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
}
