import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reply, Route } from './route.ts'

/** A request on its way to its answer; what a gate in front of the routes can work on. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The route that fits; undefined when none does. */
  readonly route: Route | undefined
  /** Runs the route and gives its answer without sending it. Never rejects. */
  readonly answer: () => Promise<Reply>
  /** Says what is wrong when the answer is an error. */
  readonly fail: (error: Error) => void
  /** What was said to be wrong, or what the route threw; undefined when nothing. */
  readonly failure: () => Error | undefined
}

/** Decides what becomes of a request: answer it, spoil it, or never answer. */
export type Gate = (exchange: Exchange) => void | Promise<void>

/** The reply as the bytes that go out. */
export function replyBytes(reply: Reply): Buffer {
  return Buffer.from(reply.body === undefined ? '' : JSON.stringify(reply.body))
}

/** Sends the head of a reply; the caller sends the bytes. */
export function sendHead(response: ServerResponse, reply: Reply, bytes: Buffer): void {
  const type = reply.status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(reply.status, { 'content-type': type, 'content-length': bytes.length })
}

/** The gate of a healthy service: answers. */
export async function answerPlainly({ response, answer }: Exchange): Promise<void> {
  const reply = await answer()
  const bytes = replyBytes(reply)
  if (response.destroyed) return
  sendHead(response, reply, bytes)
  response.end(bytes)
}
