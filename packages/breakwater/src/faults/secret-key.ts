/** Endings that make a name a secret's: `db_password`, `X-Api-Key`, `refreshToken`. */
const endings: readonly string[] = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'apikey',
  'authorization',
  'cookie',
  'privatekey',
  'secretkey',
  'accesskey',
  'accesskeyid',
  'signingkey',
  'encryptionkey',
  'credential',
  'credentials',
  'connectionstring',
  'sessionid',
  'cardnumber',
  'securitycode',
]

/** Names that are secrets' only when they stand alone. */
const whole: ReadonlySet<string> = new Set([
  'auth',
  'pwd',
  'pass',
  'pin',
  'otp',
  'cvv',
  'cvc',
  'ssn',
  'sid',
  'jwt',
  'bearer',
])

/** Makes the test for names of secrets; `extraKeys` count wherever a name ends in one. Case and `_`, `-`, `.` do not count. */
export function createSecretKeyTest(extraKeys: readonly string[] = []): (key: string) => boolean {
  const all = [...endings, ...extraKeys.map(fold).filter((key) => key !== '')]
  return (key) => {
    const name = fold(key.length > 100 ? key.slice(-100) : key)
    return whole.has(name) || all.some((ending) => name.endsWith(ending))
  }
}

function fold(key: string): string {
  return key.replace(/[\s_.-]/g, '').toLowerCase()
}
