/** How deep a field is shown. */
const deepest = 3
const mostMembers = 20

/**
 * A value as one line of text for a person: like JSON, but total: cycles, functions, big integers, getters
 * that throw and revoked proxies become words. Stops growing soon after `limit` characters.
 */
export function fieldText(value: unknown, limit: number, isSecretKey: (key: string) => boolean): string {
  if (typeof value === 'string') return value.slice(0, limit)
  const writer = new FieldWriter(limit, isSecretKey)
  writer.write(value, 0)
  return writer.text.slice(0, limit)
}

class FieldWriter {
  text = ''
  readonly #limit: number
  readonly #isSecretKey: (key: string) => boolean
  readonly #above: unknown[] = []

  constructor(limit: number, isSecretKey: (key: string) => boolean) {
    this.#limit = limit
    this.#isSecretKey = isSecretKey
  }

  write(value: unknown, depth: number): void {
    if (this.text.length > this.#limit) return
    if (typeof value === 'string') this.text += JSON.stringify(value.slice(0, this.#limit))
    else if (typeof value === 'function') this.text += '[function]'
    else if (typeof value !== 'object' || value === null) this.text += String(value)
    else this.#writeObject(value, depth)
  }

  #writeObject(value: object, depth: number): void {
    if (this.#above.includes(value)) {
      this.text += '[cycle]'
      return
    }
    this.#above.push(value)
    try {
      this.#writeReadable(value, depth)
    } catch {
      this.text += '[unreadable]'
    }
    this.#above.pop()
  }

  #writeReadable(value: object, depth: number): void {
    if (value instanceof Date)
      this.text += Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    else if (value instanceof Error)
      this.text += `${String(value.name)}: ${String(value.message)}`.slice(0, this.#limit)
    else if (ArrayBuffer.isView(value)) this.text += `[${String(value.byteLength)} bytes]`
    else if (value instanceof Map || value instanceof Set) this.text += `[${String(value.size)} entries]`
    else if (depth >= deepest) this.text += Array.isArray(value) ? '[array]' : '[object]'
    else if (Array.isArray(value)) this.#writeArray(value, depth)
    else this.#writeMembers(value, depth)
  }

  #writeArray(value: readonly unknown[], depth: number): void {
    this.text += '['
    const count = Math.min(value.length, mostMembers)
    for (let i = 0; i < count; i++) {
      if (i > 0) this.text += ','
      this.write(value[i], depth + 1)
    }
    this.text += value.length > count ? ',…]' : ']'
  }

  #writeMembers(value: object, depth: number): void {
    const keys = Object.keys(value)
    this.text += '{'
    for (const [i, key] of keys.slice(0, mostMembers).entries()) {
      this.text += `${i > 0 ? ',' : ''}${JSON.stringify(key.slice(0, 100))}:`
      if (this.#isSecretKey(key)) this.text += '"[redacted]"'
      else this.write(Reflect.get(value, key), depth + 1)
    }
    this.text += keys.length > mostMembers ? ',…}' : '}'
  }
}
