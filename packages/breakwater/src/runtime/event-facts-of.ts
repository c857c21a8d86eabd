import type { EventFacts } from '../protocol/event-facts.ts'
import { eventSentences, type Sentence } from './event-sentences.ts'
import type { PolicyEvent, PolicyEvents, PolicyEventType } from './policy-event.ts'

const longestKey = 100

/**
 * A policy's event as the fact that travels, with the policy's reported name and epoch time; undefined for one that stays
 * at home.
 */
export function eventFactsOf(event: PolicyEvent, policy: string, at: number): EventFacts | undefined {
  const { type } = event
  if (!Object.hasOwn(eventSentences, type)) return undefined
  const { says, details } = sentenceOf(type, event)
  const key = 'key' in event ? event.key?.slice(0, longestKey) : undefined
  const message = key === undefined ? `${policy}: ${says}` : `${policy} [${key}]: ${says}`
  const told = key === undefined ? details : { ...details, key }
  return { type, at, policy, message, ...(told !== undefined && { details: told }) }
}

function sentenceOf<Type extends PolicyEventType>(type: Type, event: PolicyEvents[Type]): Sentence {
  return eventSentences[type](event)
}
