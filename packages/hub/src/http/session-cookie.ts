import { createHmac } from 'node:crypto'
import { isSameSecret } from './same-secret.ts'

const name = 'breakwater_session'
const maxAgeS = 2_592_000

/** The header that keeps a browser signed in; its value is derived from the token and is not the token. */
export function sessionCookie(token: string): string {
  return `${name}=${sessionOf(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeS}`
}

/** The header that signs a browser out. */
export const endedSessionCookie: string = `${name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`

/** Whether a request's cookies hold the session of the token. */
export function hasSession(cookies: string | undefined, token: string): boolean {
  const session = new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(cookies ?? '')?.[1]
  return session !== undefined && isSameSecret(session, sessionOf(token))
}

function sessionOf(token: string): string {
  return createHmac('sha256', token).update('breakwater hub session').digest('base64url')
}
