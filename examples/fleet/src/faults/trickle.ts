import { replyBytes, sendHead } from '../http/exchange.ts'
import type { FaultKind } from './injector.ts'

const gapMs = 500

/** Answers correctly, but a byte at a time: the head comes at once, the end takes minutes. */
export const trickle: FaultKind = {
  kind: 'trickle',
  at: 'request',
  strike: async ({ exchange, clock }) => {
    const { response } = exchange
    const reply = await exchange.answer()
    const bytes = replyBytes(reply)
    sendHead(response, reply, bytes)
    for (let i = 0; i < bytes.length && !response.destroyed; i += 1) {
      response.write(bytes.subarray(i, i + 1))
      await clock.sleep(gapMs)
    }
    response.end()
  },
}
