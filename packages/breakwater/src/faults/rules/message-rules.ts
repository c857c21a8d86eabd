import { type BuiltInRule, classification, type Verdict } from '../classification.ts'
import {
  conflictPermanent,
  conflictTransient,
  dependencyBusy,
  dependencyTransient,
  invalidInput,
  networkTransient,
  securityAction,
} from './verdicts.ts'

/** How much of a message is looked at. */
const longestMessage = 500

/** Words of messages, the more telling first. Each is a plain alternation: linear in the message. */
const patterns: ReadonlyArray<readonly [id: string, pattern: RegExp, verdict: Verdict]> = [
  [
    'deadlock',
    /\b(?:deadlock|serialization failure|could not serialize|lock (?:wait )?timeout|write conflict)/i,
    conflictTransient,
  ],
  ['timeout', /\b(?:timed? ?-?out|deadline exceeded)\b/i, dependencyTransient],
  [
    'connection',
    /\b(?:socket hang up|fetch failed|network error|econn[a-z]+|connection (?:was |is |has been )?(?:refused|reset|closed|lost|terminated|aborted|broken)|broken pipe|disconnected)\b/i,
    networkTransient,
  ],
  [
    'busy',
    /\b(?:too many (?:requests|connections)|rate limit|throttl|quota exceeded|overloaded|server (?:is )?busy|too busy)/i,
    dependencyBusy,
  ],
  [
    'unavailable',
    /\b(?:temporar(?:y|ily)|try again|retry (?:later|the)|(?:service |currently |is |not )(?:un)?available)\b/i,
    dependencyTransient,
  ],
  [
    'security',
    /\b(?:unauthori[sz]ed|unauthenticated|forbidden|access denied|permission denied|not (?:authori[sz]ed|permitted|allowed)|authentication failed|invalid (?:token|credentials|signature))\b/i,
    securityAction,
  ],
  ['duplicate', /\b(?:duplicate|already exists)\b/i, conflictPermanent],
  [
    'invalid',
    /\b(?:invalid|not found|missing|required|malformed|unsupported|does not exist|no such|cannot be|must (?:be|not)|syntax error|not valid|illegal)\b/i,
    invalidInput,
  ],
]

/** What only the words of the message say; the last to be asked. */
export const messageRule: BuiltInRule = ({ message }) => {
  const text = message.length > longestMessage ? message.slice(0, longestMessage) : message
  const row = patterns.find(([, pattern]) => pattern.test(text))
  return row === undefined ? undefined : classification(row[2], `message:${row[0]}`)
}
